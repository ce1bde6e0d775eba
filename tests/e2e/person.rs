//! The stage itself: what a test does arrives in the page as a person's doing would.

use std::time::{Duration, Instant};

use crate::support::{Input, Page, Screen, Stage, Theme, key};

/// A page with a field and a box that write down what happens to them.
fn recorder() -> Page {
    let markup = "<!DOCTYPE html><html lang=\"en\" data-app=\"ready\"><title>recorder</title>
        <link rel=\"icon\" href=\"data:,\"><body>
        <div id=\"box\" style=\"width:40px;height:40px;margin:600px 100px;touch-action:none\"></div>
        <input aria-label=\"field\"><script>
        window.seen = [];
        const write = (event) => seen.push([event.type, event.pointerType ?? '', event.key ?? ''].join(' ').trim());
        for (const type of ['pointerdown', 'pointermove', 'pointerup', 'click', 'keydown', 'pointerenter'])
          document.querySelector(type === 'keydown' ? 'input' : '#box').addEventListener(type, write);
        </script>";
    let stage = Stage::changed(|site| {
        site.put("index.html", markup.as_bytes().to_vec());
        site.remove("_headers");
    });
    stage.open(Screen::LAPTOP, Theme::Light)
}

fn seen(page: &Page) -> Vec<String> {
    serde_json::from_value(page.value("window.seen.splice(0)")).unwrap()
}

#[test]
fn a_text_is_written_key_by_key() {
    let page = recorder();
    page.focus("input");
    page.write("4ü");
    assert_eq!(page.value("document.querySelector('input').value"), "4ü");
    assert_eq!(seen(&page), ["keydown  4", "keydown  ü"]);
}

#[test]
fn keys_have_their_names_and_are_pressed_together() {
    let page = recorder();
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
        page.press(keys);
        assert_eq!(seen(&page), names.iter().map(|name| format!("keydown  {name}")).collect::<Vec<_>>());
    }
}

#[test]
fn mouse_and_finger_press_go_and_let_go() {
    let page = recorder();
    for (input, kind) in [(Input::Mouse, "mouse"), (Input::Touch, "touch")] {
        page.tap(input, "#box");
        let events = seen(&page);
        for expected in ["pointerdown", "pointerup", "click"] {
            assert!(
                events.iter().any(|event| event.starts_with(&format!("{expected} {kind}"))),
                "{expected}: {events:?}"
            );
        }
        page.drag(input, "#box", (15.0, 0.0));
        let moves =
            seen(&page).iter().filter(|event| event.starts_with(&format!("pointermove {kind}"))).count();
        assert!(moves >= 5, "{kind} moved {moves} times");
    }
}

#[test]
fn the_mouse_can_rest_on_an_element() {
    let page = recorder();
    page.hover("#box");
    assert!(seen(&page).iter().any(|event| event == "pointerenter mouse"));
}

#[test]
fn a_complaint_is_heard_whoever_makes_it() {
    let stage = Stage::changed(|site| {
        let page = "<!DOCTYPE html><html lang=\"en\" data-app=\"ready\" data-rest=\"here\"><title>x</title><body><script>alert(1)</script>
            <img src=\"http://127.0.0.1:9/x.png\" alt=\"\"><script src=\"gone.js\"></script>";
        site.put("index.html", page.as_bytes().to_vec());
    });
    let page = stage.open(Screen::LAPTOP, Theme::Light);
    page.forgive_complaints();
    page.run("setTimeout(() => { throw new Error('thrown') })");
    for part in ["policy violation: script-src", "policy violation: img-src", "refused: 404", "thrown"] {
        let started = Instant::now();
        // A browser may take a moment to tell of an error.
        while !page.complaints().iter().any(|complaint| complaint.contains(part)) {
            assert!(started.elapsed() < Duration::from_secs(10), "{part} in {:#?}", page.complaints());
        }
    }
}

#[test]
fn the_page_has_the_size_the_scale_and_the_theme_that_was_asked_for() {
    let cases =
        [(Screen::LAPTOP, Theme::Light), (Screen::PHONE, Theme::Dark), (Screen::PROJECTOR, Theme::Dark)];
    for (screen, theme) in cases {
        let page = Stage::release().with_reduced_motion().open(screen, theme);
        let told = page.value(
            "[innerWidth, innerHeight, devicePixelRatio, matchMedia('(prefers-color-scheme: dark)').matches,
              matchMedia('(prefers-reduced-motion: reduce)').matches]",
        );
        let expected =
            serde_json::json!([screen.width, screen.height, screen.scale, theme == Theme::Dark, true]);
        assert_eq!(numbers(&told), numbers(&expected));
    }
}

/// JSON without the difference between 1 and 1.0.
fn numbers(value: &serde_json::Value) -> Vec<f64> {
    let number = |item: &serde_json::Value| item.as_f64().unwrap_or(f64::from(u8::from(item == true)));
    value.as_array().unwrap().iter().map(number).collect()
}
