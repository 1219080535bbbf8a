//! What the functions ask of the table, seen as each request goes out: the
//! permissions that their policies have to give, and no others.
//!
//! For a whole run only where `CALLS` names a folder: each process adds a file to it, with a line
//! for each permission that it is the first to see used: the function, the action,
//! what it is on, and the leading key. A transaction asks for what its items ask
//! for; there is no permission for the transaction itself. `tests/policies` holds
//! the lines of a whole run against the template. A single test may keep the
//! requests of its own product ([`keep`]).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents, SharedInterceptor};
use aws_sdk_dynamodb::error::BoxError;
use serde_json::Value;

/// The folder, if this run is watched.
fn folder() -> Option<PathBuf> {
    std::env::var_os("CALLS").map(PathBuf::from)
}

/// What sees the requests of a function, if this run is watched.
pub fn eye() -> Option<fn(&'static str) -> SharedInterceptor> {
    folder().map(|_| watch as fn(&'static str) -> SharedInterceptor)
}

fn watch(function: &'static str) -> SharedInterceptor {
    SharedInterceptor::new(Eye { function })
}

/// One use of a permission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// The function that asks.
    pub function: String,
    /// What it is allowed to do, as a policy writes it.
    pub action: String,
    /// The table, or the index by its name.
    pub on: String,
    /// The leading key as a policy writes it: `BOOKING#*`, `OUTBOX`; `*` where
    /// there is none.
    pub key: String,
}

impl Call {
    /// All that the processes of a run have written.
    ///
    /// # Panics
    ///
    /// If the folder cannot be read, or has something else in it.
    pub fn read(folder: &Path) -> BTreeSet<Call> {
        let files = std::fs::read_dir(folder).expect("a folder of calls");
        files
            .flat_map(|file| {
                let text = std::fs::read_to_string(file.expect("a file").path());
                let text = text.expect("a file of calls");
                text.lines().map(Call::parse).collect::<Vec<_>>()
            })
            .collect()
    }

    fn parse(line: &str) -> Call {
        let mut words = line.split('\t').map(str::to_owned);
        let mut next = || words.next().expect("a line of four words");
        Call {
            function: next(),
            action: next(),
            on: next(),
            key: next(),
        }
    }
}

thread_local! {
    /// The requests of this thread's product: that of a test which runs on one
    /// thread alone.
    static REQUESTS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What keeps each request of a function, for [`requests`].
pub fn keep(function: &'static str) -> SharedInterceptor {
    #[derive(Debug)]
    struct Keep(&'static str);

    impl Intercept for Keep {
        fn name(&self) -> &'static str {
            "Keep"
        }

        fn read_before_transmit(
            &self,
            context: &BeforeTransmitInterceptorContextRef<'_>,
            _: &RuntimeComponents,
            _: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            let request = format!("{}: {}", self.0, operation(context));
            REQUESTS.with_borrow_mut(|requests| requests.push(request));
            Ok(())
        }
    }
    SharedInterceptor::new(Keep(function))
}

/// The requests since this was asked last, in their order.
pub fn requests() -> Vec<String> {
    REQUESTS.take()
}

/// What a request asks for: `GetItem`.
pub(crate) fn operation<'a>(context: &'a BeforeTransmitInterceptorContextRef<'_>) -> &'a str {
    let target = context.request().headers().get("x-amz-target");
    target
        .and_then(|target| target.rsplit('.').next())
        .unwrap_or_default()
}

#[derive(Debug)]
struct Eye {
    function: &'static str,
}

impl Intercept for Eye {
    fn name(&self) -> &'static str {
        "Eye"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.request().body().bytes().unwrap_or_default();
        let body: Value = serde_json::from_slice(body)?;
        for (action, on, key) in permissions(operation(context), &body) {
            note(Call {
                function: self.function.to_owned(),
                action: format!("dynamodb:{action}"),
                on,
                key,
            });
        }
        Ok(())
    }
}

/// Writes down what was not seen in this process before.
fn note(call: Call) {
    static SEEN: Mutex<BTreeSet<Call>> = Mutex::new(BTreeSet::new());
    static FILE: OnceLock<Mutex<File>> = OnceLock::new();
    let mut seen = SEEN.lock().expect("nobody panics while noting");
    if seen.contains(&call) {
        return;
    }
    let file = FILE.get_or_init(|| {
        let folder = folder().expect("a watched run has a folder");
        let path = folder.join(std::process::id().to_string());
        let file = OpenOptions::new().create(true).append(true).open(path);
        Mutex::new(file.expect("the folder of calls takes a file"))
    });
    let Call {
        function,
        action,
        on,
        key,
    } = &call;
    let line = format!("{function}\t{action}\t{on}\t{key}\n");
    let mut file = file.lock().expect("nobody panics while noting");
    file.write_all(line.as_bytes()).expect("a line is written");
    seen.insert(call);
}

/// What an operation needs to be allowed: the action, on what, the leading key.
fn permissions(operation: &str, body: &Value) -> Vec<(String, String, String)> {
    let one = |action: &str, key: &Value| (action.to_owned(), "table".to_owned(), leading(key));
    let action_of = |item: &Value| match item.as_object().and_then(|item| item.iter().next()) {
        Some((kind, item)) if kind == "Put" => one("PutItem", &item["Item"]["pk"]),
        Some((kind, item)) if kind == "ConditionCheck" => {
            one("ConditionCheckItem", &item["Key"]["pk"])
        }
        Some((kind, item)) => one(&format!("{kind}Item"), &item["Key"]["pk"]),
        None => panic!("a transaction has an item that is none: {body}"),
    };
    match operation {
        "PutItem" => vec![one(operation, &body["Item"]["pk"])],
        "GetItem" | "UpdateItem" | "DeleteItem" => vec![one(operation, &body["Key"]["pk"])],
        "TransactGetItems" | "TransactWriteItems" => {
            let items = body["TransactItems"].as_array();
            items.into_iter().flatten().map(action_of).collect()
        }
        "BatchGetItem" => {
            let tables = body["RequestItems"].as_object();
            let keys = tables.into_iter().flat_map(serde_json::Map::values);
            let keys = keys.flat_map(|table| table["Keys"].as_array().into_iter().flatten());
            keys.map(|key| one(operation, &key["pk"])).collect()
        }
        "Query" => {
            let values = &body["ExpressionAttributeValues"];
            match body["IndexName"].as_str() {
                Some(index) => vec![(
                    operation.to_owned(),
                    index.to_owned(),
                    leading(&values[":list"]),
                )],
                None => vec![one(operation, &values[":pk"])],
            }
        }
        "Scan" => vec![(operation.to_owned(), "table".to_owned(), "*".to_owned())],
        other => panic!("`{other}` is an operation that no policy was held against yet"),
    }
}

/// A leading key as a policy writes it.
fn leading(value: &Value) -> String {
    let key = value["S"].as_str().expect("a leading key is text");
    match key.split_once('#') {
        Some((kind, _)) => format!("{kind}#*"),
        None => key.to_owned(),
    }
}
