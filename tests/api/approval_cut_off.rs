//! An approval that is cut off: none of it is there, or all of it.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use domain::application::ApplicationState;
use domain::reference::ApplicationReference;
use functions::decisions::record;
use tests::Product;
use tests::staff::office;

use crate::decisions::{DAY, approve, decision, state, under_review};

/// Runs a future until it has been asked so often, and drops it there.
struct CutOff<F> {
    work: F,
    asked: u32,
}

impl<F: Future + Unpin> Future for CutOff<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.asked == 0 {
            return Poll::Ready(None);
        }
        self.asked -= 1;
        Pin::new(&mut self.work).poll(context).map(Some)
    }
}

#[tokio::test]
async fn an_approval_cut_off_between_any_two_steps_is_whole_or_nothing_and_a_repeat_completes_it() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let site = product.app.site.published().await.unwrap();
    let (mut cuts, mut nothing) = (0, 0);
    for urn in ["900001", "900002", "900003", "900004"] {
        let reference = under_review(&product, &visitor, urn).await;
        let known = product.app.store.memberships().await.unwrap().len();
        for asked in 0.. {
            let approval = decision(true, "2017-04-03");
            let by = office();
            let work = pin!(record(&product.app, &site, &by, &reference, &approval));
            cuts += 1;
            let done = CutOff { work, asked }.await;
            let written = whole_or_nothing(&product, &reference, known).await;
            nothing += u32::from(!written);
            if let Some(done) = done {
                done.unwrap();
                assert!(whole_or_nothing(&product, &reference, known).await);
                break;
            }
        }
        approve(&product, &reference, "2017-04-03").await;
        assert!(whole_or_nothing(&product, &reference, known).await);
    }
    assert!(
        cuts > 8 && nothing > 2,
        "{cuts} cuts, {nothing} with nothing written"
    );
}

/// Whether all of an approval is written; panics if only a part is.
async fn whole_or_nothing(
    product: &Product,
    reference: &ApplicationReference,
    known: usize,
) -> bool {
    let store = &product.app.store;
    // What was cut off may be on its way to the database still.
    for _ in 0..50 {
        let read = || async {
            let approved = state(product, reference).await == ApplicationState::Approved;
            let members = store.memberships().await.unwrap().len() - known;
            let entries = store.register().await.unwrap().len() - known;
            let invoices = store.invoices().await.unwrap().len() - known;
            (usize::from(approved), members, entries, invoices)
        };
        match (read().await, read().await) {
            ((1, 1, 1, 1), _) => return true,
            ((0, 0, 0, 0), (0, 0, 0, 0)) => return false,
            _ => tokio::task::yield_now().await,
        }
    }
    panic!("an approval is written in part")
}
