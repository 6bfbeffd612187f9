//! What a service name that does not exist may have been meant to be.

use std::sync::OnceLock;

use super::services::{REGION, Service, service, services};
use super::table::rows;

/// A service that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The service.
    pub service: &'static Service,
    /// Its full name, in the region of the name that was written, or with `{region}` if that is not known.
    pub name: String,
    /// How many characters differ; 0 if people are known to write the one for the other.
    pub distance: usize,
}

/// The most suggestions that are of use to a reader.
const MOST: usize = 3;

/// The services that somebody who wrote this after the region may have meant, best first.
#[must_use]
pub fn suggestions(tail: &str, region: Option<&str>) -> Vec<Suggestion> {
    let suggestion = |service: &'static Service, distance| Suggestion {
        service,
        name: service.name_in(region.unwrap_or(REGION)),
        distance,
    };
    let tail = tail.to_ascii_lowercase();
    // The name is right and what stands before it is not.
    if let Some(service) = service(&tail) {
        return vec![suggestion(service, 0)];
    }
    if let Some((_, meant)) = misspellings().iter().find(|(written, _)| *written == tail) {
        return meant.iter().map(|service| suggestion(service, 0)).collect();
    }
    let furthest = if tail.chars().count() < 5 { 1 } else { 2 };
    let mut near: Vec<_> = services()
        .iter()
        .filter(|service| !service.is_endpoint_service())
        .map(|service| (strsim::osa_distance(&tail, &service.short_name), service))
        .filter(|(distance, _)| *distance <= furthest)
        .collect();
    near.sort_by_key(|(distance, service)| (*distance, &service.short_name));
    near.dedup_by_key(|(_, service)| &service.short_name);
    near.into_iter().take(MOST).map(|(distance, service)| suggestion(service, distance)).collect()
}

type Misspelling = (String, Vec<&'static Service>);

fn misspellings() -> &'static [Misspelling] {
    static MISSPELLINGS: OnceLock<Vec<Misspelling>> = OnceLock::new();
    MISSPELLINGS.get_or_init(|| {
        rows(include_str!("../../facts/misspellings.csv"))
            .map(|row| (row.get("written").into(), row.list("meant").filter_map(service).collect()))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tail: &str, region: Option<&str>, expected: &[&str]) {
        let found: Vec<_> = suggestions(tail, region).into_iter().map(|s| s.name).collect();
        assert_eq!(found, expected, "{tail}");
    }

    #[test]
    fn known_mistakes_come_first() {
        let region = Some("eu-west-1");
        check("secretmanager", region, &["com.amazonaws.eu-west-1.secretsmanager"]);
        check("cloudwatch", region, &["com.amazonaws.eu-west-1.monitoring"]);
        check(
            "ecr",
            region,
            &["com.amazonaws.eu-west-1.ecr.api", "com.amazonaws.eu-west-1.ecr.dkr"],
        );
        check("notebook", region, &["aws.sagemaker.eu-west-1.notebook"]);
        check("ECR.API", Some("cn-north-1"), &["cn.com.amazonaws.cn-north-1.ecr.api"]);
        check("iam", region, &["com.amazonaws.iam"]);
    }

    #[test]
    fn near_names_follow() {
        check("lamdba", None, &["com.amazonaws.{region}.lambda"]);
        check("s4", None, &["com.amazonaws.{region}.s3"]);
        check("nothing-like-it", None, &[]);
    }

    #[test]
    fn every_misspelling_means_a_service() {
        assert!(
            misspellings()
                .iter()
                .all(|(written, meant)| !meant.is_empty() && service(written).is_none())
        );
    }
}
