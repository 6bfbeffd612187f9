//! IP addresses as code writes them: CIDR blocks, sets of addresses, and how one lies to the other where not all is known.

use std::sync::OnceLock;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use privatelint_evaluator::Value;

/// The pieces that a set of addresses may fall into before no more is taken from it.
const MOST_PIECES: usize = 4096;

/// The addresses that are nobody's on the internet: private networks, carrier-grade NAT, this host and its link.
const NOT_PUBLIC: [&str; 9] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
    "fe80::/10",
];

/// The version of IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// Where something has its addresses, as far as the code says.
#[derive(Debug, Clone, PartialEq)]
pub struct Addresses {
    /// The version of IP.
    pub family: Family,
    /// The blocks, where they are known.
    pub blocks: Option<Blocks>,
    /// The block as written, which may be compared with another even where it is not known.
    pub written: Value,
    /// Blocks of which one has it inside, as the VPC's have a subnet. Empty if there may be more.
    pub within: Vec<Value>,
}

/// A set of addresses: blocks that do not overlap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocks(Vec<IpNet>);

/// How addresses lie to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// All of them are in it.
    Inside,
    /// Some of them are in it.
    Partly(IpNet),
    /// None is.
    Outside,
    /// Not known.
    Unknown,
}

/// The CIDR block that a value writes. `None` if it is not known or not one.
#[must_use]
pub fn block(value: &Value) -> Option<IpNet> {
    value.as_str()?.trim().parse::<IpNet>().ok().map(|block| block.trunc())
}

impl Family {
    /// Every address of it.
    #[must_use]
    pub fn everything(self) -> IpNet {
        match self {
            Self::V4 => IpNet::V4(Ipv4Net::default()),
            Self::V6 => IpNet::V6(Ipv6Net::default()),
        }
    }

    /// The version of a block.
    #[must_use]
    pub fn of(block: &IpNet) -> Self {
        match block {
            IpNet::V4(_) => Self::V4,
            IpNet::V6(_) => Self::V6,
        }
    }
}

impl Addresses {
    /// The addresses of a block that is written, inside one of several.
    #[must_use]
    pub fn written(family: Family, written: Value, within: Vec<Value>) -> Self {
        let blocks = block(&written).filter(|block| Family::of(block) == family);
        Self { family, blocks: blocks.map(|block| Blocks(vec![block])), written, within }
    }

    /// Addresses of which nothing is known but that they are inside one of several blocks.
    #[must_use]
    pub fn somewhere(family: Family, within: Vec<Value>) -> Self {
        Self { family, blocks: None, written: Value::Null, within }
    }

    /// The public addresses of the internet.
    #[must_use]
    pub fn public(family: Family) -> Self {
        static V4: OnceLock<Blocks> = OnceLock::new();
        static V6: OnceLock<Blocks> = OnceLock::new();
        let known = match family {
            Family::V4 => &V4,
            Family::V6 => &V6,
        };
        let blocks = known.get_or_init(|| {
            let mut blocks = Blocks(vec![family.everything()]);
            for network in NOT_PUBLIC.iter().filter_map(|network| network.parse().ok()) {
                blocks.remove(&network);
            }
            blocks
        });
        Self { family, blocks: Some(blocks.clone()), written: Value::Null, within: Vec::new() }
    }

    /// How they lie to a block as code writes it.
    #[must_use]
    pub fn lie_to(&self, other: &Value) -> Lie {
        let mut lies = other.alternatives().iter().map(|other| self.lie_to_one(other));
        let Some(first) = lies.next() else { return Lie::Unknown };
        if lies.all(|lie| lie == first) { first } else { Lie::Unknown }
    }

    fn lie_to_one(&self, other: &Value) -> Lie {
        let Some(block) = block(other) else {
            // What is not known is still the same where it is written the same.
            let is_own = !self.written.is_null() && self.written.equals(other).is_yes();
            let is_around = !self.within.is_empty()
                && self.within.iter().all(|around| around.equals(other).is_yes());
            return if is_own || is_around { Lie::Inside } else { Lie::Unknown };
        };
        if Family::of(&block) != self.family {
            return Lie::Outside;
        }
        if block == self.family.everything() {
            return Lie::Inside;
        }
        match &self.blocks {
            Some(blocks) => blocks.lie_to(&block),
            None => self.around_lies_to(&block),
        }
    }

    /// The same by the blocks that have it inside.
    fn around_lies_to(&self, other: &IpNet) -> Lie {
        let mut lies = self.within.iter().map(|around| match block(around) {
            Some(around) if other.contains(&around) => Lie::Inside,
            Some(around) if !around.contains(other) => Lie::Outside,
            _ => Lie::Unknown,
        });
        let Some(first) = lies.next() else { return Lie::Unknown };
        if lies.all(|lie| lie == first) { first } else { Lie::Unknown }
    }
}

impl Blocks {
    /// The set of all that these blocks have.
    #[must_use]
    pub fn of(blocks: &[IpNet]) -> Self {
        Self(IpNet::aggregate(&blocks.to_vec()))
    }

    /// The blocks.
    #[must_use]
    pub fn as_slice(&self) -> &[IpNet] {
        &self.0
    }

    /// Whether no address is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How its addresses lie to a block. The empty set is inside everything.
    #[must_use]
    pub fn lie_to(&self, other: &IpNet) -> Lie {
        if self.0.iter().all(|own| other.contains(own)) {
            Lie::Inside
        } else if self.0.iter().any(|own| own.contains(other) || other.contains(own)) {
            Lie::Partly(*other)
        } else {
            Lie::Outside
        }
    }

    /// The addresses that are in a block, and the others.
    #[must_use]
    pub fn split(&self, by: &IpNet) -> (Self, Self) {
        let inside = self.0.iter().filter_map(|own| match (by.contains(own), own.contains(by)) {
            (true, _) => Some(*own),
            (_, true) => Some(*by),
            _ => None,
        });
        let outside = self.0.iter().flat_map(|own| without(*own, by));
        (Self(inside.collect()), Self(outside.collect()))
    }

    /// Takes the addresses of a block out. A set that has fallen into too many pieces keeps what it has.
    pub fn remove(&mut self, other: &IpNet) {
        if self.0.len() <= MOST_PIECES {
            self.0 = self.0.iter().flat_map(|own| without(*own, other)).collect();
        }
    }
}

/// What is left of a block without another: the other halves on the way down to it.
pub(crate) fn without(block: IpNet, other: &IpNet) -> Vec<IpNet> {
    if other.contains(&block) {
        return Vec::new();
    }
    let mut left = Vec::new();
    let mut inside = block;
    while inside.contains(other) && inside != *other {
        let Ok(halves) = inside.subnets(inside.prefix_len().saturating_add(1)) else { break };
        let mut next = None;
        for half in halves {
            if half.contains(other) { next = Some(half) } else { left.push(half) }
        }
        match next {
            Some(half) => inside = half,
            None => break,
        }
    }
    if left.is_empty() { vec![block] } else { left }
}

#[cfg(test)]
mod tests {
    use privatelint_evaluator::Unknown;

    use super::*;

    fn net(text: &str) -> IpNet {
        text.parse().unwrap_or_else(|_| panic!("{text} is no block"))
    }

    fn unknown(name: &str) -> Value {
        Value::Unknown(Unknown::Variable(name.into()))
    }

    #[track_caller]
    fn check(own: &str, other: &str, expected: Lie) {
        let own = Addresses::written(Family::V4, Value::string(own), Vec::new());
        assert_eq!(own.lie_to(&Value::string(other)), expected, "{other}");
    }

    #[test]
    fn a_block_lies_to_another() {
        check("10.0.1.0/24", "10.0.0.0/16", Lie::Inside);
        check("10.0.1.0/24", "10.0.1.0/24", Lie::Inside);
        check("10.0.1.0/24", "0.0.0.0/0", Lie::Inside);
        check("10.0.1.0/24", "10.1.0.0/16", Lie::Outside);
        check("10.0.1.0/24", "10.0.1.128/25", Lie::Partly(net("10.0.1.128/25")));
        check("10.0.1.0/24", "::/0", Lie::Outside);
        check("10.0.1.0/24", "10.0.1.17/16", Lie::Inside);
        check("10.0.1.0/24", "anything", Lie::Unknown);
    }

    #[test]
    fn what_is_written_the_same_is_the_same() {
        let subnet = |written: Value| Addresses::written(Family::V4, written, vec![unknown("vpc")]);
        assert_eq!(subnet(unknown("a")).lie_to(&unknown("a")), Lie::Inside);
        assert_eq!(subnet(unknown("a")).lie_to(&unknown("vpc")), Lie::Inside);
        assert_eq!(subnet(unknown("a")).lie_to(&unknown("b")), Lie::Unknown);
        assert_eq!(subnet(Value::Null).lie_to(&Value::Null), Lie::Unknown);
        assert_eq!(subnet(unknown("a")).lie_to(&Value::string("0.0.0.0/0")), Lie::Inside);
        assert_eq!(subnet(unknown("a")).lie_to(&Value::string("10.0.0.0/8")), Lie::Unknown);
        let either = Unknown::one_of([unknown("a"), Value::string("0.0.0.0/0")]);
        assert_eq!(subnet(unknown("a")).lie_to(&either), Lie::Inside);
    }

    #[test]
    fn a_subnet_is_inside_a_block_of_its_vpc() {
        let within = |blocks: &[&str]| {
            let blocks = blocks.iter().map(|block| Value::string(*block)).collect();
            Addresses::somewhere(Family::V4, blocks)
        };
        let ten = Value::string("10.0.0.0/8");
        assert_eq!(within(&["10.0.0.0/16"]).lie_to(&ten), Lie::Inside);
        assert_eq!(within(&["192.168.0.0/16"]).lie_to(&ten), Lie::Outside);
        assert_eq!(within(&["10.0.0.0/16", "100.64.0.0/16"]).lie_to(&ten), Lie::Unknown);
        assert_eq!(within(&[]).lie_to(&ten), Lie::Unknown);
    }

    #[test]
    fn the_public_addresses_are_those_that_are_not_private() {
        let public = Addresses::public(Family::V4);
        let lie = |block: &str| public.lie_to(&Value::string(block));
        assert_eq!(lie("0.0.0.0/0"), Lie::Inside);
        assert_eq!(lie("10.0.0.0/8"), Lie::Outside);
        assert_eq!(lie("172.20.0.0/16"), Lie::Outside);
        assert_eq!(lie("172.0.0.0/8"), Lie::Partly(net("172.0.0.0/8")));
        assert_eq!(lie("52.218.0.0/17"), Lie::Partly(net("52.218.0.0/17")));
        assert_eq!(Addresses::public(Family::V6).lie_to(&Value::string("::/0")), Lie::Inside);
        assert_eq!(Addresses::public(Family::V6).lie_to(&Value::string("0.0.0.0/0")), Lie::Outside);
    }

    #[test]
    fn halves_make_a_whole() {
        let mut all = Blocks::of(&[net("0.0.0.0/0")]);
        all.remove(&net("0.0.0.0/1"));
        assert_eq!(all.as_slice(), [net("128.0.0.0/1")]);
        all.remove(&net("10.0.0.0/8"));
        assert_eq!(all.as_slice(), [net("128.0.0.0/1")]);
        all.remove(&net("128.0.0.0/1"));
        assert!(all.is_empty());
        let mut one = Blocks::of(&[net("10.0.0.0/30")]);
        one.remove(&net("10.0.0.1/32"));
        assert_eq!(one.as_slice(), [net("10.0.0.2/31"), net("10.0.0.0/32")]);
        let (inside, outside) = one.split(&net("10.0.0.2/32"));
        assert_eq!(inside.as_slice(), [net("10.0.0.2/32")]);
        assert_eq!(outside.as_slice(), [net("10.0.0.3/32"), net("10.0.0.0/32")]);
    }
}
