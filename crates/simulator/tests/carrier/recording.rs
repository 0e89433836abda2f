//! Recordings: callbacks, records, files.

use crate::world::{TO, World};

#[tokio::test]
async fn a_recorded_call_tells_of_its_recording_and_the_file_is_a_valid_wav() {
    let world = World::new().await;
    let tell = format!("{}/recording", world.app.base);
    let params = [
        ("Record", "true"),
        ("RecordingStatusCallback", &*tell),
        ("RecordingStatusCallbackEvent", "in-progress completed"),
    ];
    let sid = world.place(TO, &params).await;
    world.run_for(60.0).await;
    let told = world.app.seen("/recording");
    assert_eq!(told.iter().map(|seen| seen.param("RecordingStatus")).collect::<Vec<_>>(), ["in-progress", "completed"]);
    let end = &told[1];
    assert_eq!((end.param("RecordingSource"), end.param("CallSid")), ("OutboundAPI", sid.as_str()));
    assert_eq!(end.param("RecordingDuration"), "3");
    let completed = world.app.seen("/status").pop().unwrap();
    assert_eq!(completed.param("RecordingSid"), end.param("RecordingSid"));

    let recording = end.param("RecordingSid");
    let record = world.get(&format!("Recordings/{recording}.json")).await.json();
    assert_eq!((record["status"].as_str(), record["duration"].as_str()), (Some("completed"), Some("3")));
    for name in [recording.to_owned(), format!("{recording}.wav")] {
        let file = world.get(&format!("Recordings/{name}")).await;
        assert_eq!((file.status, &file.text[..4]), (200, "RIFF"));
        assert_eq!(file.headers["content-type"], "audio/x-wav");
    }
    let path = world.path(&format!("Recordings/{recording}.wav"));
    assert_eq!(world.send_as("AC1:wrong", "GET", &path, &[]).await.unwrap().status, 401);
    assert_eq!(world.get(&format!("Recordings.json?CallSid={sid}")).await.json()["recordings"][0]["sid"], recording);

    assert_eq!(world.delete(&format!("Recordings/{recording}.json")).await.status, 204);
    assert_eq!(world.get(&format!("Recordings/{recording}.wav")).await.status, 404);
}

#[tokio::test]
async fn the_file_may_come_later_than_its_callback() {
    let world = World::with(|config| config.media_after_s = 30.0).await;
    let tell = format!("{}/recording", world.app.base);
    world.place(TO, &[("Record", "true"), ("RecordingStatusCallback", &tell)]).await;
    world.run_for(20.0).await;
    let recording = world.app.seen("/recording")[0].param("RecordingSid").to_owned();
    assert_eq!(world.get(&format!("Recordings/{recording}.wav")).await.status, 404);
    world.run_for(60.0).await;
    assert_eq!(world.get(&format!("Recordings/{recording}.wav")).await.status, 200);
}

#[tokio::test]
async fn files_can_be_served_without_authentication() {
    let world = World::with(|config| config.media_auth = false).await;
    let sid = world.place(TO, &[("Record", "true")]).await;
    world.run_for(60.0).await;
    let recording = world.ledger().call(&sid).unwrap().recordings[0].clone();
    let path = world.path(&format!("Recordings/{recording}.wav"));
    assert_eq!(world.send_as("nobody:x", "GET", &path, &[]).await.unwrap().status, 200);
    let record = world.path(&format!("Recordings/{recording}.json"));
    assert_eq!(world.send_as("nobody:x", "GET", &record, &[]).await.unwrap().status, 401);
}

#[tokio::test]
async fn the_api_starts_pauses_and_stops_a_recording() {
    let world = World::new().await;
    world.app.says("/voice", "<Response><Pause length=\"100\"/></Response>");
    let sid = world.place(TO, &[]).await;
    let recordings = format!("Calls/{sid}/Recordings.json");
    assert_eq!(world.post(&recordings, &[]).await.json()["code"], 21220);
    world.run_for(10.0).await;
    let started = world.post(&recordings, &[("RecordingChannels", "dual")]).await;
    assert_eq!((started.status, started.json()["channels"].as_u64()), (201, Some(2)));
    let current = format!("Calls/{sid}/Recordings/Twilio.CURRENT.json");
    assert_eq!(world.post(&current, &[("Status", "paused")]).await.json()["status"], "paused");
    world.run_for(5.0).await;
    assert_eq!(world.post(&current, &[("Status", "stopped")]).await.json()["status"], "stopped");
    assert_eq!(world.get(&recordings).await.json()["recordings"][0]["duration"], "5");
}

#[tokio::test]
async fn the_record_verb_tells_its_action_how_long_and_by_which_key() {
    let world = World::new().await;
    world.app.says("/voice", "<Response><Record action=\"/recorded\" timeout=\"3\"/></Response>");
    world.app.says("/recorded", "<Response/>");
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let told = &world.app.seen("/recorded")[0];
    assert_eq!((told.param("RecordingDuration"), told.param("Digits")), ("7", ""));
    assert!(told.param("RecordingUrl").contains("/Recordings/RE"));
}
