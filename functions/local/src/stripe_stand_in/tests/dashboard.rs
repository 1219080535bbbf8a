//! The first page, where banks and people in the dashboard do things.

use super::Bench;

async fn press(bench: &Bench, path: &str, amount: &str) -> (u16, String) {
    let call = bench
        .client
        .post(bench.url(path))
        .form(&[("amount", amount)]);
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn shown(bench: &Bench) -> String {
    let answer = bench.client.get(bench.url("")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

#[tokio::test]
async fn each_thing_that_can_happen_to_a_payment_has_a_button() {
    let bench = Bench::new().await;
    assert!(shown(&bench).await.contains("There are none yet"));
    let id = bench.debit_session().await;
    let page = shown(&bench).await;
    assert!(
        page.contains("no money moves") && page.contains("Not paid yet."),
        "{page}"
    );
    assert!(page.contains("Workshop &lt;for&gt; leaders"), "{page}");

    bench.stand_in.pay_by_debit(&id).await.unwrap();
    assert!(shown(&bench).await.contains("The bank pays</button>"));
    let payment = |action: &str| format!("dashboard/payments/{id}/{action}");
    assert_eq!(press(&bench, &payment("clear"), "").await.0, 303);
    assert!(shown(&bench).await.contains("Paid by Direct Debit."));

    assert_eq!(press(&bench, &payment("refund"), "£12.50").await.0, 303);
    let page = shown(&bench).await;
    assert!(
        page.contains("£12.50 on its way back.") && page.contains("value=\"77.50\""),
        "{page}"
    );
    let refund = bench.json("v1/refunds").await["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        press(&bench, &format!("dashboard/refunds/{refund}/finish"), "")
            .await
            .0,
        303
    );
    assert_eq!(
        press(&bench, &format!("dashboard/refunds/{refund}/fail"), "")
            .await
            .0,
        303
    );
    assert!(
        shown(&bench)
            .await
            .contains("£12.50 could not be given back.")
    );

    assert_eq!(press(&bench, &payment("dispute"), "").await.0, 303);
    let dispute = bench.json("v1/disputes").await["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        press(&bench, &format!("dashboard/disputes/{dispute}/win"), "")
            .await
            .0,
        303
    );
    assert!(shown(&bench).await.contains("£90.00 disputed, and won."));
    assert_eq!(press(&bench, "dashboard/payout", "").await.0, 303);
    assert!(shown(&bench).await.contains("<strong>£0.00</strong>"));
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_not_done() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    for (action, amount, status, says) in [
        ("refund", "90.01", 409, "greater than unrefunded amount"),
        ("refund", "lots", 409, "did not work"),
        ("clear", "", 409, "waits for the bank"),
        ("explode", "", 404, ""),
    ] {
        let path = format!("dashboard/payments/{id}/{action}");
        let (answered, page) = press(&bench, &path, amount).await;
        assert_eq!(answered, status, "{action}");
        assert!(page.contains(says), "{page}");
    }
    let (answered, _) = press(&bench, "dashboard/payments/cs_test_0/refund", "").await;
    assert_eq!(answered, 404);
    assert_eq!(
        bench.json("v1/refunds").await["data"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}
