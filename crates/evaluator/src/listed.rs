//! Lists of unknown length whose elements are known to differ from each other.
//!
//! Whoever answers data sources says that an attribute is such a list; what stands at two places of it is then two values, whatever they are.

use crate::{Attribute, InstanceKey, TextPart, Unknown, Value};

/// The most elements of a list of unknown length that are told apart.
const MOST_ELEMENTS: usize = 1024;

/// That an attribute is a list whose elements differ from each other, or what stands in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Listed {
    /// Whether the elements are in the order of their texts.
    pub sorted: bool,
    /// What of the list it is.
    pub place: Place,
}

/// What of a list an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The whole list.
    All,
    /// The elements from this one to one that is not known.
    From(usize),
    /// The element at this index.
    At(usize),
    /// The element at this index modulo the length.
    Wrapped(usize),
}

impl Attribute {
    /// What a step into it is.
    pub(crate) fn step(&self, step: &str) -> Self {
        let inside = |place| Some(Listed { place, ..self.listed? });
        let index = step.strip_prefix('[').and_then(|step| step.strip_suffix(']')?.parse().ok());
        let start = match self.listed.map(|listed| listed.place) {
            Some(Place::All) => Some(0),
            Some(Place::From(start)) => Some(start),
            Some(Place::At(_) | Place::Wrapped(_)) | None => None,
        };
        let at =
            start.zip(index).and_then(|(start, index): (usize, usize)| start.checked_add(index));
        let (step, listed) = match at {
            Some(at) => (format!("[{at}]"), inside(Place::At(at))),
            None => (step.to_owned(), None),
        };
        Self { of: self.of.clone(), path: crate::unknown::join(&self.path, &step), listed }
    }

    /// Whether it is the same value wherever it is written.
    pub(crate) fn is_one_value(&self) -> bool {
        // Two parts that begin at the same element may end at different ones.
        let is_part = matches!(self.listed, Some(Listed { place: Place::From(_), .. }));
        self.of.key != InstanceKey::Unknown && !is_part
    }

    /// Whether both are elements of one list, and not the same one.
    fn certainly_differs(&self, other: &Self) -> bool {
        let list =
            |attribute: &Self| attribute.path.rsplit_once('[').map(|(list, _)| list.to_owned());
        self.of == other.of
            && self.of.key != InstanceKey::Unknown
            && list(self) == list(other)
            && matches!((self.listed, other.listed), (
                Some(Listed { place: Place::At(a), .. }),
                Some(Listed { place: Place::At(b), .. }),
            ) if a != b)
    }

    fn with_place(&self, place: Place) -> Self {
        let listed = self.listed.map(|listed| Listed { place, ..listed });
        Self { of: self.of.clone(), path: self.path.clone(), listed }
    }
}

impl Unknown {
    /// An attribute that is a list of unknown length whose elements differ from each other.
    #[must_use]
    pub fn distinct_elements(of: crate::Address, path: &str, sorted: bool) -> Self {
        let listed = Some(Listed { sorted, place: Place::All });
        Self::of_attribute(Attribute { of, path: path.into(), listed })
    }

    /// Whether both are different values, whatever they are.
    #[must_use]
    pub fn certainly_differs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Computed(a), Self::Computed(b)) | (Self::Data(a), Self::Data(b)) => {
                a.certainly_differs(b)
            }
            (Self::Text(a), Self::Text(b)) => texts_differ(a, b),
            _ => false,
        }
    }

    /// The elements of an unknown list from one index up to before another. They are there, or Terraform would have failed; an end that
    /// is not known leaves their number open.
    pub(crate) fn slice(&self, start: usize, end: Option<usize>) -> Option<Value> {
        match end {
            Some(end) if end.checked_sub(start)? <= MOST_ELEMENTS => {
                Some(Value::list((start..end).map(|at| self.element(at)).collect()))
            }
            Some(_) => None,
            None => match self.listed()?.place {
                Place::All => self.with_place(Place::From(start)).map(Value::Unknown),
                Place::From(before) => {
                    self.with_place(Place::From(before.checked_add(start)?)).map(Value::Unknown)
                }
                Place::At(_) | Place::Wrapped(_) => None,
            },
        }
    }

    /// The element at an index that wraps around at the end of the list, if more can be said of it than that it is not known.
    pub(crate) fn wrapping_element(&self, at: usize) -> Option<Value> {
        match (self.listed()?.place, at) {
            (Place::All | Place::From(_), 0) => Some(self.element(0)),
            (Place::All, at) => {
                let step = Self::of_attribute(self.attribute_of()?.step(&format!("[{at}]")));
                step.with_place(Place::Wrapped(at)).map(Value::Unknown)
            }
            _ => None,
        }
    }

    /// Whether it is a list that is in the order of its texts, as a whole or from some element on.
    pub(crate) fn is_sorted_list(&self) -> bool {
        self.listed().is_some_and(|listed| {
            listed.sorted && matches!(listed.place, Place::All | Place::From(_))
        })
    }

    /// The index in a list that is in the order of its texts, with what list that is.
    pub(crate) fn sorted_place(&self) -> Option<(&Attribute, usize)> {
        match self.listed()? {
            Listed { sorted: true, place: Place::At(at) } => Some((self.attribute_of()?, at)),
            _ => None,
        }
    }

    /// Whether it is a list whose elements differ, whole or in part.
    pub(crate) fn is_list(&self) -> bool {
        self.listed().is_some_and(|listed| matches!(listed.place, Place::All | Place::From(_)))
    }

    fn element(&self, at: usize) -> Value {
        Value::Unknown(self.step(&format!("[{at}]")))
    }

    fn attribute_of(&self) -> Option<&Attribute> {
        match self {
            Self::Computed(attribute) | Self::Data(attribute) => Some(attribute),
            _ => None,
        }
    }

    fn listed(&self) -> Option<Listed> {
        self.attribute_of()?.listed
    }

    fn with_place(&self, place: Place) -> Option<Self> {
        Some(Self::of_attribute(self.attribute_of()?.with_place(place)))
    }
}

/// Elements of one sorted list in the order in which they stand there; `None` if not all are.
pub(crate) fn in_order(elements: &[Value]) -> Option<Vec<Value>> {
    let mut placed = Vec::with_capacity(elements.len());
    let mut first: Option<&Attribute> = None;
    for element in elements {
        let Value::Unknown(unknown) = element else { return None };
        let (attribute, at) = unknown.sorted_place()?;
        let list =
            |attribute: &Attribute| attribute.path.rsplit_once('[').map(|(l, _)| l.to_owned());
        let first = *first.get_or_insert(attribute);
        if first.of != attribute.of || list(first) != list(attribute) || !attribute.is_one_value() {
            return None;
        }
        placed.push((at, element.clone()));
    }
    placed.sort_by_key(|(at, _)| *at);
    Some(placed.into_iter().map(|(_, element)| element).collect())
}

/// Whether two partly known texts differ: behind what is equal at their beginnings and before what is equal at their ends.
fn texts_differ(mut a: &[TextPart], mut b: &[TextPart]) -> bool {
    let equal = |a: &TextPart, b: &TextPart| match (a, b) {
        (TextPart::Known(a), TextPart::Known(b)) => a == b,
        (TextPart::Unknown(a), TextPart::Unknown(b)) => a.certainly_equals(b),
        _ => false,
    };
    while let ([first_a, rest_a @ ..], [first_b, rest_b @ ..]) = (a, b)
        && equal(first_a, first_b)
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., last_a], [rest_b @ .., last_b]) = (a, b)
        && equal(last_a, last_b)
    {
        (a, b) = (rest_a, rest_b);
    }
    if let ([TextPart::Unknown(a)], [TextPart::Unknown(b)]) = (a, b) {
        return a.certainly_differs(b);
    }
    // Known parts are never empty: one text is longer by them.
    let has_more = |parts: &[TextPart], other: &[TextPart]| {
        other.is_empty() && parts.iter().any(|part| matches!(part, TextPart::Known(_)))
    };
    let starts_differ = matches!((a.first(), b.first()), (Some(TextPart::Known(a)), Some(TextPart::Known(b)))
        if !a.starts_with(b.as_str()) && !b.starts_with(a.as_str()));
    let ends_differ = matches!((a.last(), b.last()), (Some(TextPart::Known(a)), Some(TextPart::Known(b)))
        if !a.ends_with(b.as_str()) && !b.ends_with(a.as_str()));
    let both_known = matches!((a, b), ([TextPart::Known(_)], [TextPart::Known(_)]));
    has_more(a, b) || has_more(b, a) || starts_differ || ends_differ || both_known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Address, Mode, ModuleAddress, Tri};

    fn list(path: &str) -> Unknown {
        let of = Address {
            module: ModuleAddress::default(),
            mode: Mode::Data,
            kind: "zones".into(),
            name: "z".into(),
            key: InstanceKey::None,
        };
        Unknown::distinct_elements(of, path, true)
    }

    /// Reads a text in which `0` and `1` stand for elements of one list, and `?` for a text that is not known.
    fn text(written: &str) -> Value {
        Unknown::text(written.chars().map(|c| match c {
            '0' | '1' => TextPart::Unknown(list("names").step(&format!("[{c}]"))),
            '?' => TextPart::Unknown(Unknown::Function("uuid".into())),
            c => TextPart::Known(c.to_string().into()),
        }))
    }

    #[track_caller]
    fn check(a: &str, b: &str, equal: Tri) {
        assert_eq!(text(a).equals(&text(b)), equal, "{a} {b}");
        assert_eq!(text(b).equals(&text(a)), equal, "{b} {a}");
    }

    #[test]
    fn different_places_of_one_list_hold_different_values() {
        check("0", "0", Tri::Yes);
        check("0", "1", Tri::No);
        let other = Value::Unknown(list("ids").step("[1]"));
        assert_eq!(text("0").equals(&other), Tri::Unknown);
        let inside = Value::Unknown(list("names").step("[1]").step("x"));
        assert_eq!(text("0").equals(&inside), Tri::Unknown);
    }

    #[test]
    fn texts_differ_where_all_but_one_part_is_equal() {
        check("a0", "a1", Tri::No);
        check("a0b", "a1b", Tri::No);
        check("0a", "0b", Tri::No);
        check("0a", "1b", Tri::No);
        check("00a", "00", Tri::No);
        check("a?", "b?", Tri::No);
        check("?a", "?b", Tri::No);
        check("?a?", "?b?", Tri::Unknown);
        check("a?", "ab?", Tri::Unknown);
        check("01", "10", Tri::Unknown);
    }

    #[test]
    fn parts_keep_the_places_of_the_list() {
        let part = |start, end| list("names").slice(start, end);
        let elements = part(1, Some(3));
        let from = part(1, None);
        let Some(Value::List(elements)) = elements else { panic!("{elements:?}") };
        let Some(Value::Unknown(from)) = from else { panic!("{from:?}") };
        assert_eq!(elements.first(), Some(&Value::Unknown(from.step("[0]"))));
        assert_eq!(Value::Unknown(from.clone()).equals(&Value::Unknown(from)), Tri::Unknown);
        assert_eq!(part(3, Some(1)), None);
        assert_eq!(part(0, Some(usize::MAX)), None);
    }

    #[test]
    fn an_index_that_wraps_is_sure_only_at_the_start() {
        let element = |at| list("names").wrapping_element(at);
        assert_eq!(element(0), Some(text("0")));
        let (one, two) = (element(1).unwrap(), element(2).unwrap());
        assert_eq!(one.equals(&one), Tri::Yes);
        assert_eq!(one.equals(&two), Tri::Unknown);
        assert_eq!(one.equals(&text("1")), Tri::Unknown);
    }
}
