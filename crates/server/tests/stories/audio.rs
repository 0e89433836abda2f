//! The library of recordings: proven by decoding, refused in words, played from addresses that expire.

use carillon::audio::{DecodeError, Decoder};
use carillon_domain::roles::Role;
use carillon_simulator::Behavior;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Client, World, number};

const AUDIO: &str = "/api/v1/audio";

/// A WAV file of 16-bit samples, with whatever a header may say.
struct Wav {
    channels: u16,
    rate: u32,
    samples: Vec<i16>,
    /// What the header says of the length of the samples, when that is not the truth.
    said: Option<u32>,
}

impl Wav {
    /// A tone of half the full scale.
    fn tone(rate: u32, ms: u32) -> Self {
        let sample = |n: u32| (f64::from(n) / f64::from(rate) * 440.0 * std::f64::consts::TAU).sin() * 16_384.0;
        Self { channels: 1, rate, samples: (0..rate / 1_000 * ms).map(|n| sample(n) as i16).collect(), said: None }
    }

    fn bytes(&self) -> Vec<u8> {
        let data: Vec<u8> = self.samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let said = self.said.unwrap_or(data.len() as u32);
        let frame = 2 * self.channels;
        let mut file = b"RIFF".to_vec();
        file.extend(said.saturating_add(36).to_le_bytes());
        file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
        file.extend(self.channels.to_le_bytes());
        file.extend(self.rate.to_le_bytes());
        file.extend((self.rate.saturating_mul(u32::from(frame))).to_le_bytes());
        file.extend(frame.to_le_bytes());
        file.extend(16_u16.to_le_bytes());
        file.extend(b"data");
        file.extend(said.to_le_bytes());
        file.extend(data);
        file
    }
}

/// Silent MP3 frames: 44,100 samples a second, 1,152 a frame.
fn mp3(frames: usize) -> Vec<u8> {
    let frame = [&[0xff, 0xfb, 0x90, 0x64][..], &[0; 413]].concat();
    frame.repeat(frames)
}

/// Silent MP3 frames of 72 ms in 72 bytes.
fn slow_mp3(frames: usize) -> Vec<u8> {
    let frame = [&[0xff, 0xe3, 0x18, 0xc0][..], &[0; 68]].concat();
    frame.repeat(frames)
}

async fn bring(client: &Client, name: &str, file: impl Into<Vec<u8>>) -> Value {
    client.upload(AUDIO, name, file, &[]).await.expect(201)
}

async fn refused(world: &World, name: &str, file: impl Into<Vec<u8>>, words: &str) {
    let problem = world.admin.upload(AUDIO, name, file, &[]).await.expect_problem(422, "invalid");
    assert_eq!(problem["errors"][0]["field"], "file", "{problem}");
    let message = problem["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(message.contains(words), "{words}: {message}");
}

fn path(audio: &Value) -> String {
    format!("{AUDIO}/{}", audio["id"].as_str().expect("an id"))
}

fn url(audio: &Value) -> &str {
    audio["url"].as_str().expect("an address")
}

on_both! {
    async fn a_recording_is_measured_and_played_as_it_came(world: World) {
        let file = Wav::tone(8_000, 1_500).bytes();
        let audio = bring(&world.admin, "hello.wav", file.clone()).await;
        assert_eq!((&audio["name"], &audio["media_type"], &audio["bytes"]), (&json!("hello.wav"), &json!("audio/wav"), &json!(file.len())));
        assert_eq!((&audio["duration_s"], &audio["sample_rate"], &audio["channels"]), (&json!(2), &json!(8_000), &json!(1)));
        assert_eq!(audio["loudness_dbfs"], json!(-9.0));
        assert_eq!(world.admin.get(&path(&audio)).await.expect(200), audio);
        let played = world.nobody().get(url(&audio)).await;
        assert_eq!((played.status, played.header("content-type"), played.header("x-content-type-options")), (200, "audio/wav", "nosniff"));
        assert!(played.header("content-security-policy").contains("sandbox"));
        assert_eq!(played.header("content-length"), file.len().to_string());
        assert_eq!(world.nobody().bytes(url(&audio)).await, file);

        let named = world.admin.upload(AUDIO, "x.wav", mp3(80), &[("name", " Autumn\u{1b} ")]).await.expect(201);
        assert_eq!((&named["name"], &named["media_type"], &named["duration_s"]), (&json!("Autumn"), &json!("audio/mpeg"), &json!(3)));
        assert_eq!(named["loudness_dbfs"], json!(-120.0));
        let listed = world.admin.get(AUDIO).await.expect(200);
        let names: Vec<&Value> = listed["items"].as_array().expect("items").iter().map(|item| &item["name"]).collect();
        assert_eq!(names, ["Autumn", "hello.wav"]);
    }

    async fn a_player_may_ask_for_parts_and_keep_what_it_has(world: World) {
        let file = Wav::tone(44_100, 5_000).bytes();
        let audio = bring(&world.admin, "long.wav", file.clone()).await;
        let nobody = world.nobody();
        let part = nobody.with("range", "bytes=262140-262150").send(Method::GET, url(&audio), None).await;
        assert_eq!((part.status, part.header("content-range")), (206, format!("bytes 262140-262150/{}", file.len()).as_str()));
        assert_eq!(nobody.with("range", "bytes=262140-262150").bytes(url(&audio)).await, file[262_140..=262_150]);
        assert_eq!(nobody.with("range", "bytes=-5").bytes(url(&audio)).await, file[file.len() - 5..]);
        assert_eq!(nobody.with("range", "bytes=9999999-").get(url(&audio)).await.status, 416);
        let etag = nobody.get(url(&audio)).await.header("etag").to_owned();
        let known = nobody.with("if-none-match", &etag).get(url(&audio)).await;
        assert_eq!((known.status, known.text.len(), known.header("etag")), (304, 0, etag.as_str()));
        let head = nobody.send(Method::HEAD, url(&audio), None).await;
        assert_eq!((head.status, head.header("content-length")), (200, file.len().to_string().as_str()));
    }

    async fn an_address_expires_and_cannot_be_changed(world: World) {
        let audio = bring(&world.admin, "a.wav", Wav::tone(8_000, 200).bytes()).await;
        let nobody = world.nobody();
        let changed = url(&audio).replace("/media/", "/media/x");
        for address in [changed.as_str(), "/media/", "/media/x", &url(&audio)[..url(&audio).len() - 2]] {
            nobody.get(address).await.expect_problem(404, "not-found");
        }
        world.run_for(SignedDuration::from_mins(4)).await;
        assert_eq!(nobody.get(url(&audio)).await.status, 200);
        world.run_for(SignedDuration::from_mins(6)).await;
        nobody.get(url(&audio)).await.expect_problem(404, "not-found");
        let again = world.admin.get(&path(&audio)).await.expect(200);
        assert_ne!(url(&again), url(&audio));
        assert_eq!(nobody.get(url(&again)).await.status, 200);
        world.admin.delete(&path(&audio)).await.expect(204);
        nobody.get(url(&again)).await.expect_problem(404, "not-found");
    }

    async fn a_recording_that_a_campaign_plays_stays(world: World) {
        let audio = bring(&world.admin, "a.wav", Wav::tone(8_000, 200).bytes()).await;
        let message = json!({"kind": "audio", "audio_id": audio["id"]});
        let campaign = world.admin.post("/api/v1/campaigns", json!({"name": "Autumn", "message": message})).await.expect(201);
        let problem = world.admin.delete(&path(&audio)).await.expect_problem(409, "state-conflict");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("Autumn")), "{problem}");
        let campaign = format!("/api/v1/campaigns/{}", campaign["id"].as_str().expect("an id"));
        world.admin.delete(&campaign).await.expect(204);
        world.admin.delete(&path(&audio)).await.expect(204);
        world.admin.get(&path(&audio)).await.expect_problem(404, "not-found");
    }

    async fn a_recording_is_its_departments_alone(world: World) {
        let sales = world.another_department("Sales").await;
        let audio = bring(&world.admin, "a.wav", Wav::tone(8_000, 200).bytes()).await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        seller.get(&path(&audio)).await.expect_problem(404, "not-found");
        seller.delete(&path(&audio)).await.expect_problem(404, "not-found");
        assert_eq!(seller.get(AUDIO).await.expect(200)["items"], json!([]));
        assert_eq!(bring(&seller, "b.wav", Wav::tone(8_000, 200).bytes()).await["department_id"], json!(sales));
        let agent = world.person("agent@acme.example", Role::Agent, &[sales]).await;
        agent.upload(AUDIO, "a.wav", mp3(80), &[]).await.expect_problem(403, "forbidden");
    }
}

#[tokio::test]
async fn what_is_no_recording_is_refused_in_words_and_leaves_nothing() {
    let world = World::on(carillon::store::Engine::Sqlite).await;
    let wav = |change: fn(&mut Wav)| {
        let mut wav = Wav::tone(8_000, 1_000);
        change(&mut wav);
        wav.bytes()
    };
    refused(&world, "a.mp3", "Dear all, this is a text that somebody renamed.", "neither MP3 nor WAV").await;
    refused(&world, "a.mp3", "", "neither MP3 nor WAV").await;
    refused(&world, "a.mp3", "<script>alert(1)</script>", "neither MP3 nor WAV").await;
    refused(&world, "a.wav", &b"RIFF\x24\0\0\0WAVE"[..], "cannot be decoded").await;
    let mut junk = vec![0xff, 0xfb, 0x90, 0x64];
    junk.resize(38, 0);
    refused(&world, "a.mp3", junk, "").await;
    refused(&world, "a.mp3", mp3(2), "shorter than").await;
    refused(&world, "a.mp3", [mp3(40), vec![b'<'; 100_000]].concat(), "something else than sound").await;
    refused(&world, "a.mp3", [b"ID3\x04\0\0\x7f\x7f\x7f\x7f".to_vec(), mp3(40)].concat(), "neither MP3 nor WAV").await;
    refused(&world, "a.mp3", slow_mp3(60_000), "longer than an hour").await;
    refused(&world, "a.wav", wav(|wav| wav.said = Some(u32::MAX)), "promises more").await;
    refused(&world, "a.wav", wav(|wav| wav.said = Some(4_000_000_000)), "promises more").await;
    refused(&world, "a.wav", wav(|wav| wav.channels = 0), "").await;
    refused(&world, "a.wav", wav(|wav| wav.channels = 4), "4 channels").await;
    refused(&world, "a.wav", wav(|wav| wav.rate = 1_000_000), "1000000 samples").await;
    refused(&world, "a.wav", Wav::tone(8_000, 50).bytes(), "shorter than").await;
    assert_eq!(world.admin.get(AUDIO).await.expect(200)["items"], json!([]));
    let left = std::fs::read_dir(&world.app.config.data_dir).expect("the data folder").flatten();
    let left: Vec<_> =
        left.map(|file| file.file_name()).filter(|name| name.to_string_lossy().starts_with(".tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_recording_that_is_too_large_is_refused() {
    let world = World::on(carillon::store::Engine::Sqlite).await;
    world.admin.upload(AUDIO, "a.mp3", vec![0; 10 * 1_024 * 1_024 + 1], &[]).await.expect_problem(413, "too-large");
    let largest = slow_mp3(45_000);
    assert_eq!(bring(&world.admin, "a.mp3", largest).await["duration_s"], 3_240);
    let ids = [b"ID3\x04\0\0\0\0\0\x0a".to_vec(), vec![0; 10], mp3(80), b"TAG".to_vec(), vec![0; 125]].concat();
    assert_eq!(bring(&world.admin, "tagged.mp3", ids).await["duration_s"], 3);
}

#[tokio::test]
async fn a_decoder_that_dies_or_talks_nonsense_refuses_the_file() {
    let file = || {
        let mut file = tempfile::tempfile().expect("a file");
        std::io::Write::write_all(&mut file, &mp3(80)).expect("room");
        std::io::Seek::rewind(&mut file).expect("its beginning");
        file
    };
    for program in ["/bin/true", "/bin/false", "/bin/cat"] {
        let error = Decoder::by(program.into()).measure(file()).await.expect_err("no verdict");
        assert!(matches!(&error, DecodeError::Refused(words) if words.contains("limits")), "{program}: {error}");
    }
    let error = Decoder::by("/nowhere/carillon".into()).measure(file()).await.expect_err("no program");
    assert!(matches!(error, DecodeError::Start(_)), "{error}");
}

on_both_stages! {
    async fn a_recipient_of_an_imported_list_hears_the_recording(stage: Stage) {
        let admin = &stage.world.admin;
        let audio = bring(admin, "autumn.wav", Wav::tone(8_000, 4_000).bytes()).await;
        let message = json!({"kind": "audio", "audio_id": audio["id"]});
        let campaign = admin.post("/api/v1/campaigns", json!({"name": "Autumn", "message": message})).await.expect(201);
        let campaign = campaign["id"].as_str().expect("an id");
        let list = format!("Phone\n{}\n{}\n", number(0), number(1));
        let import = admin.upload("/api/v1/imports", "list.csv", list, &[]).await.expect(201);
        let commit = format!("/api/v1/imports/{}/commit", import["id"].as_str().expect("an id"));
        admin.post(&commit, json!({"mapping": {"phone": "Phone"}, "campaign_id": campaign})).await.expect(202);
        stage.world.run_for(SignedDuration::from_secs(1)).await;
        for phone in [number(0), number(1)] {
            stage.carrier.set_behavior(&phone, vec![Behavior::human(2, 30)]);
        }
        admin.post(&format!("/api/v1/campaigns/{campaign}/start"), json!({})).await.expect(200);
        stage.world.run_for(SignedDuration::from_mins(2)).await;
        let progress = admin.get(&format!("/api/v1/campaigns/{campaign}/progress")).await.expect(200);
        assert_eq!((&progress["completed"], &progress["outcomes"]["answered"]), (&json!(2), &json!(2)), "{progress}");
        let calls = stage.carrier.ledger().calls();
        assert!(calls.iter().all(|call| call.heard.concat().contains("/media/")), "{:?}", calls[0].heard);
        let complaints = stage.carrier.ledger().complaints();
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}
