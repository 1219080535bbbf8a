//! What AWS asks, as we know it for eu-west-2 in 2026: US dollars, without tax and
//! without any free allowance. Look them up anew before a budget rests on them.

/// A million write request units of DynamoDB, on demand.
pub const WRITES: f64 = 0.7423;
/// A million read request units.
pub const READS: f64 = 0.1485;
/// A gigabyte of records for a month, with point-in-time recovery.
pub const STORED: f64 = 0.297 + 0.2376;
/// A million invocations of a function.
pub const INVOCATIONS: f64 = 0.20;
/// A gigabyte-second of a function on arm64.
pub const GIGABYTE_SECOND: f64 = 0.000_013_333_4;
/// A million requests to the HTTP API.
pub const API: f64 = 1.16;
/// A million requests to the edge by HTTPS, with its function and its firewall.
pub const EDGE: f64 = 1.20 + 0.10 + 0.60;
/// A gigabyte from the edge to a reader in Europe.
pub const TRANSFERRED: f64 = 0.085;
/// A thousand letters.
pub const LETTERS: f64 = 0.10;
/// A gigabyte of log lines, taken in and kept.
pub const LOGGED: f64 = 0.5985 + 0.03;

/// What is asked for every month, whoever comes.
pub const FIXED: [(&str, f64); 8] = [
    ("the firewall: an access list and its rule", 6.0),
    ("secrets: six", 2.40),
    ("own figures: eight", 2.40),
    ("alarms: ten", 1.0),
    ("a dashboard", 3.0),
    ("a key of our own, for what SES and the alarms tell", 1.0),
    ("a zone of names", 0.50),
    ("releases and deployments kept in S3", 0.10),
];
