//! `aws_caller_identity`.

use privatelint_evaluator::DataSource;

use super::{Answers, known};

/// The account, if the provider allows only one: with another one it would fail.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let allowed = data.provider.body.as_ref().and_then(|body| body.get("allowed_account_ids"));
    let Some([only]) = allowed.and_then(|allowed| allowed.as_elements()) else {
        return Answers::new();
    };
    match only.as_str() {
        Some(account) => known([("account_id", account), ("id", account)]),
        None => Answers::new(),
    }
}
