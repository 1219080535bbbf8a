//! Doors: a page or an action of the staff area, and the roles that may open
//! it. A handler is mounted by its door alone, so that none can be written
//! without saying who may; what is behind a door is never reached by others.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use domain::staff::Role;

use super::signed_in::{Guarded, guard};
use crate::app::App;

/// A page or an action, and who may open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// `GET` for a page, `POST` for an action.
    pub method: Method,
    /// The path, with the names of its variable parts in braces.
    pub path: &'static str,
    /// The roles that may; one of them is enough.
    pub roles: &'static [Role],
}

/// The doors of the staff area, gathered.
pub(super) struct Desk {
    app: App,
    router: Router<App>,
    doors: Vec<Door>,
}

impl Desk {
    pub(super) fn new(app: &App) -> Desk {
        Desk {
            app: app.clone(),
            router: Router::new(),
            doors: Vec::new(),
        }
    }

    /// A page that these roles may see. `path` is without a slash at its end.
    pub(super) fn page<H, T>(self, path: &'static str, roles: &'static [Role], handler: H) -> Desk
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.door(Method::GET, path, roles, get(handler))
    }

    fn door(
        mut self,
        method: Method,
        path: &'static str,
        roles: &'static [Role],
        handler: MethodRouter<App>,
    ) -> Desk {
        let guarded = Guarded {
            app: self.app.clone(),
            roles,
        };
        let handler = handler.route_layer(from_fn_with_state(guarded, guard));
        self.router = self
            .router
            .route(path, handler.clone())
            .route(&format!("{path}/"), handler);
        self.doors.push(Door {
            method,
            path,
            roles,
        });
        self
    }

    /// An action that these roles may take.
    pub(super) fn action<H, T>(self, path: &'static str, roles: &'static [Role], handler: H) -> Desk
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.door(Method::POST, path, roles, post(handler))
    }

    pub(super) fn finish(self) -> (Router<App>, Vec<Door>) {
        (self.router, self.doors)
    }
}
