# The one table of chat-dynamo, as Terraform. io.webchat.dynamo.DynamoTable.check() says whether a table fits.
variable "table_name" {
  type    = string
  default = "webchat"
}

resource "aws_dynamodb_table" "webchat" {
  name                        = var.table_name
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = true
  hash_key                    = "pk"
  range_key                   = "sk"

  attribute {
    name = "pk"
    type = "S"
  }
  attribute {
    name = "sk"
    type = "S"
  }
  attribute {
    name = "gpk"
    type = "S"
  }
  attribute {
    name = "gsk"
    type = "S"
  }

  global_secondary_index {
    name            = "lookup"
    hash_key        = "gpk"
    range_key       = "gsk"
    projection_type = "KEYS_ONLY"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }
}

data "aws_iam_policy_document" "node" {
  statement {
    actions = [
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:DescribeTable",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
    ]
    resources = [
      aws_dynamodb_table.webchat.arn,
      "${aws_dynamodb_table.webchat.arn}/index/lookup",
    ]
  }
}
