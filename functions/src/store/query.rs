//! What a query finds, however many answers it takes.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;

use super::item::{Item, text};
use super::keys::{self, Key};
use super::{Store, StoreError};

impl Store {
    /// All that a query of the table finds, or the first of it.
    async fn found(&self, query: QueryFluentBuilder, most: usize) -> Result<Vec<Item>, StoreError> {
        let query = query.table_name(&self.table);
        let mut answers = query.into_paginator().items().send();
        let mut items = Vec::new();
        while items.len() < most {
            let Some(item) = answers.next().await else {
                break;
            };
            items.push(item.map_err(StoreError::database)?);
        }
        Ok(items)
    }

    fn list_query(&self, list: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .index_name(keys::BY_LIST)
            .key_condition_expression("#list = :list")
            .expression_attribute_names("#list", "list")
            .expression_attribute_values(":list", text(list))
    }

    /// The items of a list, in its order; those before `until` alone, if it is
    /// said.
    pub(super) async fn list(
        &self,
        list: &str,
        until: Option<&str>,
    ) -> Result<Vec<Item>, StoreError> {
        let query = self.list_query(list);
        let query = match until {
            Some(until) => query
                .key_condition_expression("#list = :list AND #sort < :until")
                .expression_attribute_names("#sort", "list_sort")
                .expression_attribute_values(":until", text(until)),
            None => query,
        };
        self.found(query, usize::MAX).await
    }

    /// What stands last in a list, the last first.
    pub(super) async fn latest(&self, list: &str, most: usize) -> Result<Vec<Item>, StoreError> {
        let query = self.list_query(list).scan_index_forward(false);
        self.found(query, most).await
    }

    fn partition_query(&self, of: &Key, condition: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .key_condition_expression(condition)
            .expression_attribute_values(":pk", text(&of.pk))
            .consistent_read(true)
    }

    /// The items beside a record whose sort key begins so.
    pub(super) async fn beside(&self, of: &Key, beginning: &str) -> Result<Vec<Item>, StoreError> {
        let query = self
            .partition_query(of, "pk = :pk AND begins_with(sk, :beginning)")
            .expression_attribute_values(":beginning", text(beginning));
        self.found(query, usize::MAX).await
    }

    /// The keys of the items beside a record whose sort key begins so and goes
    /// on with less than `until`.
    pub(super) async fn keys_beside_until(
        &self,
        of: &Key,
        beginning: &str,
        until: &str,
    ) -> Result<Vec<Item>, StoreError> {
        let query = self
            .partition_query(of, "pk = :pk AND sk BETWEEN :from AND :until")
            .expression_attribute_values(":from", text(beginning))
            .expression_attribute_values(":until", text(format!("{beginning}{until}")))
            .projection_expression("pk, sk");
        self.found(query, usize::MAX).await
    }

    /// The keys of a record and of all that is beside it.
    pub(super) async fn keys_beside(&self, of: &Key) -> Result<Vec<Item>, StoreError> {
        let query = self.partition_query(of, "pk = :pk");
        self.found(query.projection_expression("pk, sk"), usize::MAX)
            .await
    }
}
