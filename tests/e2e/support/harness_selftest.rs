//! Tests of the harness itself: inputs reach the page as those of a user, and errors are noticed.

use std::time::{Duration, Instant};

use crate::support::{Page, Pointer, Screen, Site, Theme, key};

/// Opens a page with a field and a box that record their events.
fn open_recorder() -> Page {
    let markup = "<!DOCTYPE html><html lang=en data-app=ready><title>recorder</title>
        <link rel=icon href='data:,'><body>
        <div id=box style='width:40px;height:40px;margin:600px 100px;touch-action:none'></div>
        <input aria-label=field><script>
          window.recorded = [];
          const record = ({ type, pointerType, key }) =>
            recorded.push([type, pointerType ?? '', key ?? ''].join(' ').trim());
          for (const type of ['pointerdown', 'pointermove', 'pointerup', 'click', 'keydown', 'pointerenter'])
            document.querySelector(type === 'keydown' ? 'input' : '#box').addEventListener(type, record);
        </script>";
    let site = Site::modified(|files| {
        files.write("index.html", markup.as_bytes());
        files.remove("_headers");
    });
    site.open(Screen::LAPTOP, Theme::Light)
}

/// Takes the events recorded since the last call.
fn take_events(page: &Page) -> Vec<String> {
    serde_json::from_value(page.eval("recorded.splice(0)")).unwrap()
}

#[test]
fn a_text_is_written_key_by_key() {
    let page = open_recorder();
    page.focus("input");
    page.type_text("4ü");
    page.expect_value("input", "4ü");
    assert_eq!(take_events(&page), ["keydown  4", "keydown  ü"]);
}

#[test]
fn keys_have_their_names_and_are_pressed_together() {
    let page = open_recorder();
    page.focus("input");
    let cases: [(&[&str], &[&str]); 13] = [
        (&[key::SHIFT, key::RIGHT], &["Shift", "ArrowRight"]),
        (&[key::CONTROL, "a"], &["Control", "a"]),
        (&[key::ALT], &["Alt"]),
        (&[key::LEFT], &["ArrowLeft"]),
        (&[key::UP], &["ArrowUp"]),
        (&[key::DOWN], &["ArrowDown"]),
        (&[key::PAGE_UP], &["PageUp"]),
        (&[key::PAGE_DOWN], &["PageDown"]),
        (&[key::HOME], &["Home"]),
        (&[key::END], &["End"]),
        (&[key::DELETE], &["Delete"]),
        (&[key::ENTER], &["Enter"]),
        (&[key::TAB], &["Tab"]),
    ];
    for (keys, names) in cases {
        page.press_keys(keys);
        assert_eq!(
            take_events(&page),
            names.iter().map(|name| format!("keydown  {name}")).collect::<Vec<_>>()
        );
    }
}

#[test]
fn mouse_and_finger_press_go_and_let_go() {
    let page = open_recorder();
    for (pointer, kind) in [(Pointer::Mouse, "mouse"), (Pointer::Touch, "touch")] {
        page.tap(pointer, "#box");
        for expected in ["pointerdown", "pointerup", "click"] {
            page.wait_until(&format!("recorded.some((event) => event.startsWith('{expected} {kind}'))"));
        }
        take_events(&page);
        page.drag(pointer, "#box", (15.0, 0.0));
        page.wait_until(&format!(
            "recorded.filter((event) => event.startsWith('pointermove {kind}')).length >= 5"
        ));
        take_events(&page);
    }
}

#[test]
fn the_mouse_can_rest_on_an_element() {
    let page = open_recorder();
    page.hover("#box");
    page.wait_until("recorded.includes('pointerenter mouse')");
}

#[test]
fn a_complaint_is_heard_whoever_makes_it() {
    let markup = "<!DOCTYPE html><html lang=en data-app=ready><title>x</title><body><script>alert(1)</script>
        <img src='http://127.0.0.1:9/x.png' alt=''><script src=gone.js></script>";
    let site = Site::modified(|files| files.write("index.html", markup.as_bytes()));
    let page = site.open(Screen::LAPTOP, Theme::Light);
    page.allow_errors();
    page.run("setTimeout(() => { throw new Error('thrown') })");
    for part in ["policy violation: script-src", "policy violation: img-src", "failed request: 404", "thrown"]
    {
        let started = Instant::now();
        // A browser may take a moment to report an error.
        while !page.errors().iter().any(|error| error.contains(part)) {
            assert!(started.elapsed() < Duration::from_secs(10), "{part} in {:#?}", page.errors());
        }
    }
}

#[test]
fn the_page_has_the_size_the_scale_and_the_theme_that_was_asked_for() {
    let cases =
        [(Screen::LAPTOP, Theme::Light), (Screen::PHONE, Theme::Dark), (Screen::PROJECTOR, Theme::Dark)];
    for (screen, theme) in cases {
        let page = Site::release().with_reduced_motion().open(screen, theme);
        page.expect_eval("innerWidth", screen.width);
        page.expect_eval("innerHeight", screen.height);
        page.wait_until(&format!("devicePixelRatio === {}", screen.scale));
        page.expect_eval("matchMedia('(prefers-color-scheme: dark)').matches", theme == Theme::Dark);
        page.expect_eval("matchMedia('(prefers-reduced-motion: reduce)').matches", true);
    }
}

#[test]
fn a_page_is_idle_when_its_frames_its_changes_and_its_workers_are_done() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.wait_until_idle();
    for begin in [
        "let frames = 20;
         const next = () => { if (--frames > 0) requestAnimationFrame(next); else window.isDone = true };
         requestAnimationFrame(next)",
        "let changes = 20;
         const next = () => {
           document.body.dataset.change = --changes;
           if (changes > 0) setTimeout(next); else window.isDone = true;
         };
         next()",
        "document.body.setAttribute('aria-busy', 'true');
         setTimeout(() => { document.body.removeAttribute('aria-busy'); window.isDone = true }, 300)",
    ] {
        page.run(&format!("window.isDone = false; {begin}"));
        page.wait_until_idle();
        assert_eq!(page.eval("isDone"), true, "{begin}");
    }
    page.run(
        "waitingLineSimulation().then(({ connect }) =>
           connect(() => {}, (state) => { window.state = state }));
         await harness.until(() => performance.getEntriesByType('resource').some(
           ({ name }) => /simulation.*wasm/.test(name)) || window.state)",
    );
    page.wait_until_idle();
    assert_eq!(page.eval("window.state"), "worker");
}
