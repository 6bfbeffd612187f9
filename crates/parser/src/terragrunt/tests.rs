//! Tests of the modules that Terragrunt files become.

use camino::{Utf8Path, Utf8PathBuf};

use super::load;
use crate::filesystem::MemoryFileSystem;
use crate::module::ResourceKey;
use crate::show;

/// Checks the outputs and data sources of the module that a unit's file becomes.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let path = Utf8PathBuf::from("/live/app/terragrunt.hcl");
    let fs = MemoryFileSystem::new([(path.as_str(), text)]);
    let terragrunt = load(&fs, Utf8Path::new("/"), &[path]).unwrap();
    let module = terragrunt.code.modules.get(Utf8Path::new("live/app/terragrunt.hcl")).unwrap();
    let outputs = module.outputs.values().map(|output| {
        format!("{} = {}", output.name.text, show::expr(output.value.as_ref().unwrap()))
    });
    let data = module.resources.iter().map(|(ResourceKey { kind, name, .. }, block)| {
        let arguments =
            block.body.attributes.iter().map(|argument| {
                format!("{} = {}", argument.name.text, show::expr(&argument.value))
            });
        format!("{kind}.{name}: {}", arguments.collect::<Vec<_>>().join(", "))
    });
    assert_eq!(outputs.chain(data).collect::<Vec<_>>(), expected);
}

#[test]
fn what_only_terragrunt_knows_is_a_data_source() {
    check(
        r#"
        include "root" {
          path   = find_in_parent_folders("root.hcl")
          expose = true
        }
        terraform {
          source = "../../modules//app"
        }
        dependency "vpc" {
          config_path  = "../vpc"
          mock_outputs = { vpc_id = "vpc-0" }
        }
        locals {
          name = include.root.locals.name
        }
        inputs = {
          vpc_id = dependency.vpc.outputs.vpc_id
          names  = [for n in ["a"] : upper("${n}-${local.name}")]
        }
        "#,
        &[
            r#"include.root = data.terragrunt_function.find_in_parent_folders_0.result"#,
            r#"inputs.names = for(n in ["a"]: upper(t(${n} "-" ${local.name})))"#,
            r#"inputs.vpc_id = data.terragrunt_dependency.vpc.outputs.vpc_id"#,
            r#"locals.name = local.name"#,
            r#"source = "../../modules//app""#,
            r#"terragrunt_dependency.vpc: config_path = "../vpc""#,
            r#"terragrunt_function.find_in_parent_folders_0: function = "find_in_parent_folders", argument_0 = "root.hcl""#,
            r#"terragrunt_function.find_in_parent_folders_1: function = "find_in_parent_folders", argument_0 = "root.hcl""#,
            r#"terragrunt_include.root: path = data.terragrunt_function.find_in_parent_folders_1.result"#,
        ],
    );
    check("inputs = merge(local.a, { b = 1 })", &[r#"inputs = merge(local.a, {"b" = 1})"#]);
    check("inputs = {\n  (local.a) = 1\n}", &[r#"inputs = {(local.a) = 1}"#]);
}

#[test]
fn without_a_unit_nothing_is_read() {
    let path = Utf8PathBuf::from("/image.pkr.hcl");
    let fs = MemoryFileSystem::new([(path.as_str(), "a {")]);
    assert!(load(&fs, Utf8Path::new("/"), &[path]).is_none());
}
