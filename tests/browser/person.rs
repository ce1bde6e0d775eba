//! The stage itself: what a test does arrives in the page as a person's doing would.

use crate::stage::{Input, Page, Screen, Stage, Theme, axe_script, key};

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
        let page = "<!DOCTYPE html><html lang=\"en\" data-app=\"ready\"><title>x</title><body><script>alert(1)</script>
            <img src=\"http://127.0.0.1:9/x.png\" alt=\"\"><script src=\"gone.js\"></script>";
        site.put("index.html", page.as_bytes().to_vec());
    });
    let page = stage.open(Screen::LAPTOP, Theme::Light);
    page.forgive_complaints();
    page.run("setTimeout(() => { throw new Error('thrown') })");
    page.wait_until("true");
    let complaints = page.complaints().join("\n");
    for part in ["policy violation: script-src", "policy violation: img-src", "refused: 404", "thrown"] {
        assert!(complaints.contains(part), "{part} in:\n{complaints}");
    }
}

#[test]
fn axe_runs_in_the_page() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.run(&axe_script());
    assert!(page.value("(await axe.run()).passes.length").as_u64().unwrap() > 5);
}

#[test]
fn chromium_takes_commands_of_its_own() {
    if crate::stage::Browser::present() == crate::stage::Browser::Chromium {
        let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
        page.devtools("Emulation.setCPUThrottlingRate", &serde_json::json!({ "rate": 4 }));
        assert!(page.devtools("Performance.getMetrics", &serde_json::json!({}))["metrics"].is_array());
    }
}
