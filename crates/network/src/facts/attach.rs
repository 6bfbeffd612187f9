//! Which arguments place a resource in the network.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::table::rows;

/// A resource type some of whose arguments name subnets, security groups or VPCs.
#[derive(Debug)]
pub(crate) struct Attachment {
    /// What it is to the network.
    pub(crate) is: Is,
    /// The arguments, in the order of the table.
    pub(crate) placings: Vec<Placing>,
}

/// What a resource type that is attached to a network is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    /// Something that runs in subnets.
    Workload,
    /// A part of the network itself: a route table, an endpoint, a gateway.
    Part,
    /// A named set of subnets that workloads name.
    Group,
    /// What instances are made from.
    Template,
}

/// An argument that places a resource.
#[derive(Debug)]
pub(crate) struct Placing {
    /// Where it stands; empty if AWS decides and no argument does.
    pub(crate) path: Vec<String>,
    /// What it names.
    pub(crate) names: Names,
    /// The resource type that it names, where that is not a part of the network.
    pub(crate) of: Option<String>,
    /// What holds if it is left out.
    pub(crate) default: Otherwise,
    /// Whether it is a list or a set.
    pub(crate) several: bool,
}

/// What an argument names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Subnet,
    SecurityGroup,
    Vpc,
    /// Nothing: it says whether there is a public address.
    PublicAddress,
    SubnetGroup,
    Template,
    /// The resource itself.
    OwnName,
    /// Something else.
    Other,
}

/// What decides if an argument is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// Nothing.
    Nothing,
    /// The subnet.
    Subnet,
}

/// The resource types, by name.
pub(crate) fn attachments() -> &'static BTreeMap<String, Attachment> {
    static ATTACHMENTS: OnceLock<BTreeMap<String, Attachment>> = OnceLock::new();
    ATTACHMENTS.get_or_init(|| {
        let mut found: BTreeMap<String, Attachment> = BTreeMap::new();
        for row in rows(TABLE) {
            let Some(is) = Is::named(row.get("is")) else { continue };
            let placing = Placing {
                path: row.path("attribute_path"),
                names: Names::named(row.get("names")),
                of: Some(row.get("of")).filter(|of| !of.is_empty()).map(Into::into),
                default: match row.get("default") {
                    "subnet" => Otherwise::Subnet,
                    _ => Otherwise::Nothing,
                },
                several: row.get("type").starts_with('['),
            };
            let attachment = found
                .entry(row.get("resource").into())
                .or_insert_with(|| Attachment { is, placings: Vec::new() });
            attachment.placings.push(placing);
        }
        found
    })
}

/// How a resource type is attached to the network, if it is.
pub(crate) fn attachment(kind: &str) -> Option<&'static Attachment> {
    attachments().get(kind)
}

const TABLE: &str = include_str!("../../facts/vpc_attach.csv");

impl Attachment {
    /// The arguments that name something.
    pub(crate) fn naming(&self, names: Names) -> impl Iterator<Item = &Placing> {
        self.placings.iter().filter(move |placing| placing.names == names)
    }
}

impl Is {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "workload" => Self::Workload,
            "part" => Self::Part,
            "group" => Self::Group,
            "template" => Self::Template,
            _ => return None,
        })
    }
}

impl Names {
    fn named(name: &str) -> Self {
        match name {
            "subnet" => Self::Subnet,
            "security_group" => Self::SecurityGroup,
            "vpc" => Self::Vpc,
            "public_address" => Self::PublicAddress,
            "subnet_group" => Self::SubnetGroup,
            "template" => Self::Template,
            "own_name" => Self::OwnName,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        let mut count = 0;
        for row in rows(TABLE) {
            let resource = row.get("resource");
            count += 1;
            assert_eq!(
                Is::named(row.get("is")),
                attachment(resource).map(|found| found.is),
                "{resource} is one thing",
            );
            let names = row.get("names");
            assert!(
                matches!(names, "" | "endpoint") || Names::named(names) != Names::Other,
                "{names}"
            );
            for column in ["source", "date"] {
                assert!(!row.get(column).is_empty(), "{column} of {resource}");
            }
        }
        assert_eq!(count + 1, TABLE.lines().count());
        assert_eq!(attachments().len(), 190);
    }

    #[test]
    fn what_workloads_name_is_listed_itself() {
        for (kind, attachment) in attachments() {
            for placing in &attachment.placings {
                let Some(of) = &placing.of else { continue };
                let named = attachments().get(of).unwrap();
                assert!(!named.placings.is_empty(), "{kind}");
                if placing.names == Names::SubnetGroup {
                    assert_eq!(named.is, Is::Group, "{kind}");
                    assert_eq!(named.naming(Names::OwnName).count(), 1, "{of}");
                }
            }
        }
    }
}
