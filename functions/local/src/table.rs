//! The table, made from the same file that makes it in the cloud.
//!
//! `infra/template.yaml` is the one definition. The local server and the tests
//! read the table out of it here, so a key or an index that the code needs and
//! the cloud lacks cannot happen; a missing one fails on this machine first.
//!
//! Only what decides whether a query works is taken over: attributes, keys and
//! indexes. Left out on purpose are backups, encryption and deletion
//! protection, which an embedded engine has no use for; the stream, which
//! nobody here reads; and expiry, which goes by the machine's clock, while the
//! business clock of the local server may be years away from it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, TableDescription,
};
use aws_sdk_dynamodb::{Client, Error};
use serde::Deserialize;

/// Creates the table that `template` defines, under the name `table_name`.
///
/// A table of that name with the same keys and indexes is left as it is.
///
/// # Errors
///
/// The template cannot be read or has no such table in it; the database does
/// not answer; or a table of that name is there already and differs, in which
/// case the message says how.
pub async fn create_from_template(
    client: &Client,
    template: &Path,
    table_name: &str,
) -> anyhow::Result<()> {
    let place = template.display();
    let text =
        std::fs::read_to_string(template).with_context(|| format!("{place}: cannot be read"))?;
    let file: Template = serde_saphyr::from_str(&text)
        .with_context(|| format!("{place}: does not define a table as the resource `Table`"))?;
    let wanted = file.resources.table.properties;

    if let Some(found) = describe(client, table_name).await? {
        let (found, wanted) = (facts_of_description(&found), wanted.facts());
        if found != wanted {
            let list = |facts: Vec<&str>| {
                if facts.is_empty() {
                    "nothing".to_owned()
                } else {
                    facts.join("; ")
                }
            };
            bail!(
                "the table `{table_name}` is not as {place} defines it\n  \
                 it lacks: {}\n  it has instead: {}\n  \
                 hint: another version made it; start with an empty data folder, or take the old one away",
                list(wanted.difference(&found).map(String::as_str).collect()),
                list(found.difference(&wanted).map(String::as_str).collect()),
            );
        }
        return Ok(());
    }
    wanted
        .fill(client.create_table().table_name(table_name))
        .with_context(|| format!("{place}: the resource `Table`"))?
        .send()
        .await
        .map_err(Error::from)
        .with_context(|| format!("the table `{table_name}` could not be created"))?;
    Ok(())
}

async fn describe(client: &Client, table_name: &str) -> anyhow::Result<Option<TableDescription>> {
    let answer = client.describe_table().table_name(table_name).send().await;
    match answer.map_err(Error::from) {
        Ok(found) => Ok(found.table),
        Err(Error::ResourceNotFoundException(_)) => Ok(None),
        Err(error) => Err(error).context("the database does not answer as DynamoDB does"),
    }
}

/// The part of the template that is read; the rest is passed over.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Template {
    resources: Resources,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Resources {
    table: Resource,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Resource {
    properties: Table,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Table {
    attribute_definitions: Vec<Attribute>,
    key_schema: Vec<Key>,
    #[serde(default)]
    global_secondary_indexes: Vec<Index>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    attribute_name: String,
    attribute_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Key {
    attribute_name: String,
    key_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Index {
    index_name: String,
    key_schema: Vec<Key>,
    projection: IndexProjection,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct IndexProjection {
    projection_type: String,
}

impl Table {
    fn fill(
        &self,
        mut request: CreateTableFluentBuilder,
    ) -> anyhow::Result<CreateTableFluentBuilder> {
        for attribute in &self.attribute_definitions {
            let kind = ScalarAttributeType::try_parse(&attribute.attribute_type)?;
            let definition = AttributeDefinition::builder()
                .attribute_name(&attribute.attribute_name)
                .attribute_type(kind);
            request = request.attribute_definitions(definition.build()?);
        }
        for index in &self.global_secondary_indexes {
            let kind = ProjectionType::try_parse(&index.projection.projection_type)?;
            let definition = GlobalSecondaryIndex::builder()
                .index_name(&index.index_name)
                .set_key_schema(Some(key_schema(&index.key_schema)?))
                .projection(Projection::builder().projection_type(kind).build());
            request = request.global_secondary_indexes(definition.build()?);
        }
        Ok(request
            .billing_mode(BillingMode::PayPerRequest)
            .set_key_schema(Some(key_schema(&self.key_schema)?)))
    }

    /// What has to be so for a query to work, a sentence each: the same
    /// whether read from the template or told by a database.
    fn facts(&self) -> BTreeSet<String> {
        let keys = |keys: &[Key]| {
            facts_of_keys(
                keys.iter()
                    .map(|key| (&*key.attribute_name, &*key.key_type)),
            )
        };
        let attributes = self.attribute_definitions.iter().map(|attribute| {
            format!(
                "attribute `{}` {}",
                attribute.attribute_name, attribute.attribute_type
            )
        });
        let indexes = self.global_secondary_indexes.iter().map(|index| {
            let projection = &index.projection.projection_type;
            format!(
                "index `{}` {} {projection}",
                index.index_name,
                keys(&index.key_schema)
            )
        });
        attributes
            .chain(indexes)
            .chain([format!("table {}", keys(&self.key_schema))])
            .collect()
    }
}

fn facts_of_description(table: &TableDescription) -> BTreeSet<String> {
    let keys = |keys: &[KeySchemaElement]| {
        facts_of_keys(
            keys.iter()
                .map(|key| (key.attribute_name(), key.key_type().as_str())),
        )
    };
    let attributes = table.attribute_definitions().iter().map(|attribute| {
        format!(
            "attribute `{}` {}",
            attribute.attribute_name(),
            attribute.attribute_type()
        )
    });
    let indexes = table.global_secondary_indexes().iter().map(|index| {
        let projection = index.projection().and_then(Projection::projection_type);
        let projection = projection.map_or("", ProjectionType::as_str);
        format!(
            "index `{}` {} {projection}",
            index.index_name().unwrap_or_default(),
            keys(index.key_schema())
        )
    });
    attributes
        .chain(indexes)
        .chain([format!("table {}", keys(table.key_schema()))])
        .collect()
}

fn facts_of_keys<'a>(keys: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let keys: Vec<_> = keys.map(|(name, kind)| format!("{name} {kind}")).collect();
    format!("by ({})", keys.join(", "))
}

fn key_schema(keys: &[Key]) -> anyhow::Result<Vec<KeySchemaElement>> {
    let element = |key: &Key| {
        let kind = KeyType::try_parse(&key.key_type)?;
        let element = KeySchemaElement::builder()
            .attribute_name(&key.attribute_name)
            .key_type(kind);
        Ok(element.build()?)
    };
    keys.iter().map(element).collect()
}
