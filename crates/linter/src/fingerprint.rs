//! Names for findings that survive edits.

use privatelint_diagnostics::Diagnostic;

/// A name for a finding that depends on its rule, its resource and its root, and on nothing that moves when code moves.
///
/// `nth` tells apart what one rule finds several times about one resource.
pub(crate) fn fingerprint(finding: &Diagnostic, nth: usize) -> String {
    let resource = finding.resource.as_deref().unwrap_or_default();
    let nth = nth.to_string();
    let parts = [finding.rule, resource, finding.root.as_str(), nth.as_str()];
    // FNV-1a: the value is written into baselines, so it must never change, which the standard library's hashers do not promise.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
