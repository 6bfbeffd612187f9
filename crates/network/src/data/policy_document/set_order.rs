//! The order in which providers see the elements of a set: by a checksum of what is in them.

use super::holes::MARK;

/// The CRC-32 of a text, as Ethernet has it.
pub(super) fn hash(text: &str) -> u32 {
    const REVERSED_POLYNOMIAL: u32 = 0xedb8_8320;
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ REVERSED_POLYNOMIAL } else { crc >> 1 };
    let byte = |crc: u32, byte: u8| (0..8).fold(crc ^ u32::from(byte), step);
    !text.bytes().fold(u32::MAX, byte)
}

/// What a set of texts is in the checksum of a block that holds it.
pub(super) fn members(texts: &[String]) -> String {
    let elements = texts.iter().map(|text| {
        let element = format!("{text};");
        (element.clone(), element)
    });
    in_order(elements.collect()).concat()
}

/// Elements with what their checksum is made of: in the order of the set, equal ones once. If one is not known, neither is the order.
pub(super) fn in_order<T>(elements: Vec<(String, T)>) -> Vec<T> {
    let is_known = elements.iter().all(|(key, _)| !key.contains(MARK));
    let mut keyed: Vec<(String, T)> = Vec::with_capacity(elements.len());
    for (key, element) in elements {
        // The numbers are compared as texts.
        let key = if is_known { hash(&key).to_string() } else { key };
        if !keyed.iter().any(|(other, _)| *other == key) {
            keyed.push((key, element));
        }
    }
    if is_known {
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    keyed.into_iter().map(|(_, element)| element).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(super::hash("123456789"), 0xcbf4_3926);
        assert_eq!(super::hash(""), 0);
    }
}
