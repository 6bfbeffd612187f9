//! Which route table does a subnet use?

use privatelint_diagnostics::{Annotation, Cause};
use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use super::doubt_about;
use crate::answer::tidy;
use crate::graph::exists;
use crate::resources::{RouteTable, RouteTableId, SubnetId, VpcId, main_table_of};
use crate::{Doubt, Network, Ref};

/// The route table of a subnet.
#[derive(Debug, Clone, PartialEq)]
pub struct TableOf {
    /// The table that the code shows; certain if there are no doubts. Declared, or the main table that AWS makes with a declared VPC
    /// ([`RouteTable::is_implicit`]); otherwise one of code elsewhere.
    pub table: Ref<RouteTableId>,
    /// How the subnet comes by it.
    pub how: How,
    /// The places that make it so.
    pub evidence: Vec<Annotation>,
    /// Why it may be another one.
    pub doubts: Vec<Doubt>,
}

/// How a subnet comes by its route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// An association names the subnet.
    Explicit,
    /// It has no association, and another resource makes the table the main one of its VPC.
    Main,
    /// It has no association, and the table is the one that AWS makes with the VPC, adopted or not.
    Default,
}
impl<'a> Network<'a> {
    /// The route table of a subnet: that of its association, otherwise the main one of its VPC.
    ///
    /// A module whose code is not there may make the association of a subnet that it is given.
    #[must_use]
    pub fn table_of(&self, subnet: SubnetId) -> TableOf {
        let mut doubts = Vec::new();
        let mut found: Option<(Tri, TableOf)> = None;
        for (by, linked) in self.subnet_tables.of(&self.graph, subnet) {
            doubts.extend(linked.doubt.flatten());
            if found.as_ref().is_some_and(|(there, _)| *there >= linked.there) {
                if linked.there.is_yes() {
                    doubts.push(Doubt::new(
                        format!("`{}` names the same subnet", by.address),
                        "associate the subnet with one route table",
                        Some(by.header),
                    ));
                }
                continue;
            }
            if linked.there.is_unknown() && exists(by).is_yes() {
                doubts.push(doubt_about(by, "associates a subnet"));
            }
            let evidence = vec![Annotation::new(by.header, "associates the subnet with the table")];
            let table = self.named_table(by);
            found = Some((
                linked.there,
                TableOf { table, how: How::Explicit, evidence, doubts: Vec::new() },
            ));
        }
        if let Some((there, found)) = found {
            if let (Ref::OneOf(_) | Ref::Maybe(_), Some(unknown)) =
                (&found.table, found.table.unknown())
            {
                let span = found.evidence.first().map(|place| place.span);
                doubts.push(Doubt::of_unknown(unknown, span));
            }
            // A subnet has one association: where it certainly is, others change nothing.
            return match there {
                Tri::Yes => TableOf { doubts: self.of_choice(&found.table), ..found },
                _ => TableOf { doubts: tidy(doubts), ..found },
            };
        }
        let Some(subnet) = self.subnet(subnet) else {
            return TableOf { table: Ref::Absent, how: How::Default, evidence: vec![], doubts };
        };
        let given = self.graph.missing.iter();
        let given = given.filter(|module| module.is_given(&subnet.instance.address));
        doubts.extend(given.map(|module| module.doubt()));
        let main = self.main_table(&subnet.vpc);
        doubts.extend(main.doubts);
        TableOf { doubts: tidy(doubts), ..main }
    }

    /// The main route table of a VPC.
    #[must_use]
    pub fn main_table(&self, vpc: &Ref<VpcId>) -> TableOf {
        let none =
            |table, doubts| TableOf { table, how: How::Default, evidence: Vec::new(), doubts };
        let id = match vpc {
            Ref::Managed(id) => *id,
            Ref::External(value) => {
                let doubt = Doubt::new(
                    "the VPC is not declared here",
                    "lint it together with the code that declares it",
                    None,
                );
                return none(Ref::External(value.clone()), vec![doubt.of_kind(Cause::Elsewhere)]);
            }
            other => {
                let unknown = other.unknown().cloned().unwrap_or(Unknown::Error);
                let doubts = vec![Doubt::of_unknown(&unknown, None)];
                return none(Ref::Maybe(unknown), doubts);
            }
        };
        let mut doubts = Vec::new();
        let mut perhaps = None;
        for (by, linked) in self.main_tables.of(&self.graph, id) {
            doubts.extend(linked.doubt.flatten());
            let found = TableOf {
                table: self.named_table(by),
                how: How::Main,
                evidence: vec![Annotation::new(by.header, "makes the table the main one")],
                doubts: Vec::new(),
            };
            if linked.there.is_yes() {
                return TableOf { doubts: self.of_choice(&found.table), ..found };
            }
            perhaps.get_or_insert(found);
        }
        let own = self.all_route_tables().find(|table| {
            let is_own = table.is_implicit || crate::graph::is_adopted(table.instance);
            is_own && table.vpc.managed() == Some(id)
        });
        if own.is_none_or(|own| own.is_implicit) {
            // A declared default table of a VPC that is not known may adopt this one.
            let adopting = self.route_tables.iter().filter(|table| {
                crate::graph::is_adopted(table.instance) && table.vpc.managed().is_none()
            });
            let may_adopt = adopting.filter(|table| !self.is_vpc(&table.vpc, id).is_no());
            doubts
                .extend(may_adopt.map(|table| doubt_about(table.instance, "adopts a main table")));
        }
        match (own, perhaps) {
            (Some(own), None) => {
                let message = match (own.is_implicit, own.routes.is_empty()) {
                    (true, true) => "no code adds routes to its main route table",
                    (true, false) => "its main route table",
                    (false, _) => "the main route table",
                };
                TableOf {
                    table: Ref::Managed(own.id),
                    how: How::Default,
                    evidence: vec![Annotation::new(own.instance.header, message)],
                    doubts: tidy(doubts),
                }
            }
            (_, Some(perhaps)) => TableOf { doubts: tidy(doubts), ..perhaps },
            (None, None) => none(Ref::Absent, tidy(doubts)),
        }
    }

    /// The table that an association names, with the one that AWS makes with a VPC among those.
    fn named_table(&self, by: &Instance) -> Ref<RouteTableId> {
        let value = by.body.get("route_table_id").unwrap_or(&Value::Null);
        self.table_named(value)
    }

    /// The table that a value names, with those that AWS makes with declared VPCs.
    pub(crate) fn table_named(&self, value: &Value) -> Ref<RouteTableId> {
        let implicit = main_table_of(&self.graph, value).and_then(|vpc| self.implicit_table(vpc));
        match (self.graph.resolve(value), implicit) {
            (Ref::External(_), Some(table)) => Ref::Managed(table.id),
            (table, _) => table,
        }
    }

    /// The table that AWS makes with a VPC and that no resource adopts.
    fn implicit_table(&self, vpc: VpcId) -> Option<&RouteTable<'a>> {
        let at = self.implicit_tables.binary_search_by_key(&Some(vpc), |table| table.vpc.managed());
        self.implicit_tables.get(at.ok()?)
    }

    /// Why it is not known which table is meant.
    fn of_choice(&self, table: &Ref<RouteTableId>) -> Vec<Doubt> {
        match table {
            Ref::Maybe(unknown) => vec![Doubt::of_unknown(unknown, None)],
            Ref::OneOf(_) => vec![
                Doubt::new(
                    "which route table is used depends on a condition that is not known",
                    "give the variables in it a value with `--var` or `--var-file`",
                    None,
                )
                .of_kind(Cause::Condition),
            ],
            Ref::Managed(_) | Ref::External(_) | Ref::Absent => Vec::new(),
        }
    }
}
