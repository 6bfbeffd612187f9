# Documents whose rendering is in `answers.json`: what `terraform plan` (1.11.4, hashicorp/aws 5.100.0) puts into
# `json`, `minified_json` and `id` of each.

data "aws_iam_policy_document" "d0" {

}

data "aws_iam_policy_document" "d1" {
  statement {}
}

data "aws_iam_policy_document" "d2" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d3" {
  statement {
    sid       = "A"
    actions   = ["s3:B", "s3:A", "s3:C", "s3:A"]
    resources = ["b", "a"]
  }
}

data "aws_iam_policy_document" "d4" {
  statement {
    effect        = "Deny"
    not_actions   = ["s3:B"]
    not_resources = ["b", "a"]
  }
}

data "aws_iam_policy_document" "d5" {
  statement {
    actions   = ["s3:&{x}"]
    resources = ["arn:aws:s3:::b/&{aws:username}/*"]
  }
}

data "aws_iam_policy_document" "d6" {
  statement {
    actions   = ["a"]
    resources = ["a&{x}", "a%", "a$x", "a&b<c>"]
  }
}

data "aws_iam_policy_document" "d7" {
  statement {
    actions = ["a"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "d8" {
  statement {
    actions = ["a"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "d9" {
  statement {
    actions = ["a"]
    principals {
      type        = "AWS"
      identifiers = ["1", "2", "3"]
    }
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "d10" {
  statement {
    actions = ["a"]
    principals {
      type        = "AWS"
      identifiers = ["1"]
    }
    principals {
      type        = "AWS"
      identifiers = ["2"]
    }
  }
}

data "aws_iam_policy_document" "d11" {
  statement {
    actions = ["a"]
    principals {
      type        = "AWS"
      identifiers = ["3", "1"]
    }
    principals {
      type        = "AWS"
      identifiers = ["2"]
    }
    principals {
      type        = "AWS"
      identifiers = ["5", "4", "9"]
    }
  }
}

data "aws_iam_policy_document" "d12" {
  statement {
    actions = ["a"]
    principals {
      type        = "AWS"
      identifiers = ["1"]
    }
    principals {
      type        = "AWS"
      identifiers = ["1"]
    }
  }
}

data "aws_iam_policy_document" "d13" {
  statement {
    actions = ["a"]
    not_principals {
      type        = "AWS"
      identifiers = ["1"]
    }
  }
}

data "aws_iam_policy_document" "d14" {
  statement {
    actions = ["a"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "d15" {
  statement {
    actions = ["a"]
    principals {
      type        = "AWS"
      identifiers = []
    }
  }
}

data "aws_iam_policy_document" "d16" {
  statement {
    actions = ["a"]
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["b", "a"]
    }
  }
}

data "aws_iam_policy_document" "d17" {
  statement {
    actions = ["a"]
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["b"]
    }
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["a"]
    }
    condition {
      test     = "StringLike"
      variable = "k"
      values   = ["&{aws:x}"]
    }
  }
}

data "aws_iam_policy_document" "d18" {
  statement {
    actions = ["a"]
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["b", "x"]
    }
    condition {
      test     = "StringEquals"
      variable = "j"
      values   = ["a"]
    }
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["a", "a"]
    }
    condition {
      test     = "Bool"
      variable = "z"
      values   = ["true"]
    }
  }
}

data "aws_iam_policy_document" "d19" {
  statement {
    actions = ["a"]
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = []
    }
  }
}

data "aws_iam_policy_document" "d20" {
  statement {
    actions = ["a"]
    condition {
      test     = "Bool"
      variable = "k"
      values   = [true]
    }
    condition {
      test     = "NumericEquals"
      variable = "k"
      values   = [5]
    }
  }
}

data "aws_iam_policy_document" "d21" {
  version = "2008-10-17"
  statement {
    actions = ["a"]
  }
}

data "aws_iam_policy_document" "d22" {
  policy_id = "P"
  statement {
    sid     = ""
    actions = ["a"]
  }
}

data "aws_iam_policy_document" "d23" {
  source_policy_documents = [data.aws_iam_policy_document.d3.json, data.aws_iam_policy_document.d9.json]
  statement {
    actions = ["zz"]
  }
}

data "aws_iam_policy_document" "d24" {
  source_policy_documents = [data.aws_iam_policy_document.d3.json]
  statement {
    sid     = "A"
    actions = ["override"]
  }
}

data "aws_iam_policy_document" "d25" {
  override_policy_documents = [data.aws_iam_policy_document.d3.json]
  statement {
    sid     = "A"
    actions = ["mine"]
  }
  statement {
    sid     = "Z"
    actions = ["mine"]
  }
}

data "aws_iam_policy_document" "d26" {
  source_policy_documents   = [data.aws_iam_policy_document.d22.json]
  override_policy_documents = [data.aws_iam_policy_document.d3.json, data.aws_iam_policy_document.d18.json]
}

data "aws_iam_policy_document" "d27" {
  source_policy_documents = [data.aws_iam_policy_document.d22.json]
}

data "aws_iam_policy_document" "d28" {
  version                 = "2008-10-17"
  source_policy_documents = [jsonencode({ Version = "2012-10-17", Id = "I", Statement = [{ Effect = "Allow", Action = "x", Resource = ["one"] }] })]
}

data "aws_iam_policy_document" "d29" {
  source_policy_documents = [jsonencode({ Statement = [{ Sid = "S", Effect = "Allow", Principal = "*", Action = ["b", "a"], Resource = "*" }, { Action = "q", Principal = { AWS = ["1"], Service = ["b", "a", "c"] } }] })]
}

data "aws_iam_policy_document" "d30" {
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Principal = { "*" = ["*"] }, Action = ["a"], Condition = { Bool = { x = ["true"] }, StringLike = { b = ["z", "y"], a = "1" } } }] })]
}

data "aws_iam_policy_document" "d31" {
  source_policy_documents = [jsonencode({ statement = [{ effect = "Allow", action = "a", Foo = "bar", Principal = { AWS = "x" } }] })]
}

data "aws_iam_policy_document" "d32" {
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Principal = {}, Action = [], NotResource = ["a"], Condition = {} }] })]
}

data "aws_iam_policy_document" "d33" {
  override_policy_documents = [jsonencode({ Id = "over", Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Deny", NotPrincipal = { AWS = ["b", "c", "a"] }, NotAction = ["c", "a"], Resource = "*" }] })]
  statement {
    sid     = "A"
    actions = ["mine"]
  }
  statement {
    actions = ["last"]
  }
}

data "aws_iam_policy_document" "d34" {
  source_policy_documents   = [jsonencode({ Statement = [{ Sid = "U", Effect = "Allow", Action = "é<>& " }] }), "{}"]
  override_policy_documents = []
}

data "aws_iam_policy_document" "d35" {
  dynamic "statement" {
    for_each = ["a", "b"]
    content {
      sid     = upper(statement.value)
      actions = ["${statement.value}:*"]
    }
  }
}

data "aws_iam_policy_document" "d36" {
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Action = "a", Condition = { Bool = { x = true } } }] })]
}

data "aws_iam_policy_document" "d37" {
  override_policy_documents = [<<EOT
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "a", "Resource": null, "Principal": {"Service": "s", "AWS": ["1", "0"]}}]}
EOT
  ]
}
