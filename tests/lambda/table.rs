//! The table that everything above stands on, from the template.

use std::fs;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, KeyType};
use local::database::{self, Embedded, TABLE};
use local::table::create_from_template;
use serde_json::{Value, json};

use tests::lambda::Template;

/// The SDK's client, and the database for as long as it is kept.
async fn empty_database() -> (Client, Embedded) {
    let database = Embedded::open(None).await.unwrap();
    (database::client(&database.endpoint), database)
}

#[tokio::test]
async fn the_table_of_the_template_can_be_written_to_and_queried_by_its_index() {
    let (client, _database) = empty_database().await;
    create_from_template(&client, &Template::path(), TABLE)
        .await
        .unwrap();

    let text = |text: &str| AttributeValue::S(text.to_owned());
    let item = [
        ("pk", "a"),
        ("sk", "b"),
        ("list", "outbox"),
        ("list_sort", "2028"),
    ];
    let mut put = client.put_item().table_name(TABLE);
    for (name, value) in item {
        put = put.item(name, text(value));
    }
    put.send().await.unwrap();
    let found = client
        .query()
        .table_name(TABLE)
        .index_name("by-list")
        .key_condition_expression("#list = :list")
        .expression_attribute_names("#list", "list")
        .expression_attribute_values(":list", text("outbox"))
        .send()
        .await
        .unwrap();
    assert_eq!(found.items()[0]["sk"], text("b"));
}

#[tokio::test]
async fn a_table_that_is_there_already_keeps_what_is_in_it() {
    let (client, _database) = empty_database().await;
    create_from_template(&client, &Template::path(), TABLE)
        .await
        .unwrap();
    let key = || AttributeValue::S("a".to_owned());
    client
        .put_item()
        .table_name(TABLE)
        .item("pk", key())
        .item("sk", key())
        .send()
        .await
        .unwrap();

    create_from_template(&client, &Template::path(), TABLE)
        .await
        .unwrap();

    let table = client
        .describe_table()
        .table_name(TABLE)
        .send()
        .await
        .unwrap()
        .table
        .unwrap();
    assert_eq!(table.key_schema()[1].key_type(), &KeyType::Range);
    let item = client
        .get_item()
        .table_name(TABLE)
        .key("pk", key())
        .key("sk", key())
        .send()
        .await
        .unwrap();
    assert!(item.item.is_some());
}

#[tokio::test]
async fn a_table_of_another_version_is_refused_with_what_differs() {
    let (client, _database) = empty_database().await;
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.yaml");
    let text = fs::read_to_string(Template::path())
        .unwrap()
        .replace("by-list", "by-queue");
    fs::write(&other, text).unwrap();
    create_from_template(&client, &other, TABLE).await.unwrap();

    let refusal = create_from_template(&client, &Template::path(), TABLE)
        .await
        .unwrap_err();

    let message = refusal.to_string();
    assert!(
        message.contains("it lacks: index `by-list` by (list HASH, list_sort RANGE) ALL"),
        "{message}"
    );
    assert!(
        message.contains("it has instead: index `by-queue` by (list HASH, list_sort RANGE) ALL"),
        "{message}"
    );
    assert!(
        message.contains("hint: another version made it"),
        "{message}"
    );
}

#[test]
fn the_table_can_be_restored_to_a_minute_lets_go_of_what_expires_and_tells_what_is_written() {
    // An emulator takes no notice of any of these.
    let template = fs::read_to_string(Template::path()).unwrap();
    let template: Value = serde_saphyr::from_str(&template).unwrap();
    let table = &template["Resources"]["Table"];
    let about = &table["Properties"];
    let expires = json!({ "AttributeName": "expires_at", "Enabled": true });
    assert_eq!(about["TimeToLiveSpecification"], expires);
    let restored = &about["PointInTimeRecoverySpecification"];
    assert_eq!(restored, &json!({ "PointInTimeRecoveryEnabled": true }));
    assert_eq!(about["StreamSpecification"]["StreamViewType"], "NEW_IMAGE");
    assert_eq!(about["DeletionProtectionEnabled"], true);
    for gone in ["DeletionPolicy", "UpdateReplacePolicy"] {
        assert_eq!(table[gone], "Retain", "{gone}");
    }
}

#[tokio::test]
async fn a_template_without_the_table_is_told_by_its_place() {
    let (client, _database) = empty_database().await;
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.yaml");
    fs::write(&empty, "Resources:\n  Other: {}\n").unwrap();

    let refusal = create_from_template(&client, &empty, TABLE)
        .await
        .unwrap_err();

    let message = format!("{refusal:#}");
    assert!(
        message.contains("empty.yaml: does not define a table as the resource `Table`"),
        "{message}"
    );
}
