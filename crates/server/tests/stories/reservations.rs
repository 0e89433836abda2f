//! Reservations: what becomes of one whose owner died, and of those that a pause or stop overtakes.
//!
//! A reservation may be sent once, by its living owner, under the epoch it was made in. Everything else about it is
//! told where the outcome shows (`faults`, `reconcile`, `stopping`).

use carillon::store::claims::{self, BucketClaim, ClaimRequest, RunClaim};
use carillon::store::{Lane, StoreError, attempts, buckets};
use carillon_domain::limits::SlotRate;
use carillon_domain::outcome::Outcome;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::recipient::RecipientState;
use carillon_domain::time_zones::ZoneSet;
use carillon_simulator::{Behavior, FaultPlan};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::support::{CALLER_ID, Play, hours, minutes, number, numbers, seconds};

/// How many attempts nobody has said to be sent or given up.
async fn reserved(play: &Play<'_>) -> i64 {
    let id = play.id;
    let found = play.stage.world.app.store.read(move |tx| attempts::reserved_before(tx, id, i64::MAX)).await;
    found.map_err(|e: StoreError| e).expect("a read")
}

/// Claims the only recipient as a process that dies at once would.
async fn claimed_by_the_dead(play: &Play<'_>) {
    let (app, run) = (&play.stage.world.app, play.run);
    let found = app.store.read(move |tx| buckets::of_run(tx, run)).await;
    let bucket = found.map_err(|e: StoreError| e).expect("a read").remove(0);
    let now = app.clock.now();
    let caller = PhoneNumber::from_e164(CALLER_ID).expect("a number");
    let settings = play.row().await.settings;
    let claim = RunClaim {
        campaign: play.id,
        run,
        count: 1,
        lines_max: None,
        rate: None,
        turn: 0,
        caller_ids: vec![caller],
        recipient_hours: settings.recipient_hours.clone(),
        calling_hours: None,
        ring_timeout_s: settings.ring_timeout_s,
        detects_machines: false,
        useless_after: None,
        hold: settings.call_hold(),
        buckets: vec![BucketClaim {
            bucket: bucket.bucket,
            zones: ZoneSet::from_key(&bucket.zones).expect("zones"),
            day_start: now,
        }],
    };
    let request = ClaimRequest {
        organization: play.stage.world.organization,
        account_sid: "AC00000000000000000000000000000001".to_owned(),
        owner: Uuid::nil().to_string(),
        now,
        send_from: now,
        send_until: now + seconds(1),
        send_deadline: seconds(2),
        lapse_after: seconds(12),
        lines_max: 1,
        rate: SlotRate::per_second(1.0),
        attempts_per_number_per_day: None,
        allowed_countries: vec!["US".to_owned()],
        names: vec![(app.chance.id(now), "a-token-of-the-dead".to_owned())],
        runs: vec![claim],
    };
    let claimed = app.store.write(Lane::Dialing, move |tx| claims::claim(tx, &request)).await;
    assert_eq!(claimed.map_err(|e: StoreError| e).expect("a claim").reserved.len(), 1);
}

on_both_stages! {
    async fn a_reservation_whose_owner_died_is_never_sent_again(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(2, 5)]);
        let play = stage.campaign(&numbers(1), |_| {}).await;
        // At night the living dial nobody.
        stage.world.run_for(hours(13)).await;
        play.start().await;
        claimed_by_the_dead(&play).await;
        // In this world another node's attempts are looked for once an hour.
        stage.world.run_for(hours(2)).await;
        assert_eq!(play.outcomes().await, [Outcome::Unknown], "it may have been sent");
        stage.world.run_for(hours(24)).await;
        assert_eq!(stage.carrier.ledger().creates().len(), 0, "and nobody sends it");
        let recipient = play.recipient().await;
        assert_eq!((recipient.state, recipient.reason.as_deref()), (RecipientState::Failed, Some("not_known")));
        assert_eq!(play.counts().await.attempts, 1);
    }

    async fn a_reservation_of_before_a_pause_is_not_sent(stage: Stage) {
        stage.carrier.set_behavior("+1212*", vec![Behavior::human(2, 5)]);
        let play = stage.campaign(&numbers(20), |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(3)).await;
        while reserved(&play).await == 0 {
            stage.world.run_for(SignedDuration::from_millis(10)).await;
        }
        let sent = stage.carrier.ledger().creates().len();
        play.pause().await.expect("it pauses");
        assert_eq!(reserved(&play).await, 0, "its owner has given it up");
        stage.world.run_for(minutes(1)).await;
        assert_eq!(stage.carrier.ledger().creates().len(), sent);
        play.resume().await;
        stage.world.run_for(minutes(2)).await;
        let counts = play.counts().await;
        assert_eq!((counts.attempts, counts.in_state(RecipientState::Completed)), (20, 20), "it cost nobody anything");
    }

    async fn a_stop_waits_for_a_request_under_way_and_cancels_its_call(stage: Stage) {
        stage.carrier.set_behavior("+1212*", vec![Behavior::human(20, 60)]);
        let mut faults = FaultPlan::default();
        faults.create.latency_ms = (300, 300);
        stage.carrier.set_faults(faults);
        let play = stage.campaign(&numbers(5), |_| {}).await;
        play.start().await;
        let stop_in_the_middle = async {
            while stage.carrier.ledger().creates().is_empty() {
                tokio::task::yield_now().await;
            }
            play.stop().await.expect("it stops");
            (reserved(&play).await, stage.carrier.ledger().creates())
        };
        let ((), (reserved, creates)) = tokio::join!(stage.world.run_for(seconds(2)), stop_in_the_middle);
        assert_eq!(reserved, 0, "nothing of before can be sent any more");
        assert!(creates.iter().all(|create| create.sid.is_some()), "the carrier has answered");
        stage.world.run_for(minutes(2)).await;
        assert!(stage.carrier.ledger().calls().iter().all(|call| call.answered_at.is_none()), "nobody was disturbed");
        assert_eq!(stage.carrier.ledger().creates().len(), creates.len());
        assert_eq!(play.counts().await.in_state(RecipientState::Suppressed), 5);
    }
}
