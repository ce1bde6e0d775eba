//! The first screen, before anything is touched.

use crate::explorer::switch;
use crate::support::{Page, Screen, Stage, Theme};

const STEPS: [(&str, &str); 4] = [
    ("Validate payment", "300"),
    ("Check inventory", "200"),
    ("Send email", "400"),
    ("Update analytics", "150"),
];

#[test]
fn it_tells_the_story_untouched() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.says("The user waits 1,050 ms at 10 users.");
    assert_eq!(page.text(".lead"), "All of it is work: nobody stands in line.");
    let clocks = ["answered", "completed", "throughput", "wall"].map(|name| page.clock(name));
    assert_eq!(clocks, ["1,050 ms", "1,050 ms", "4.9/s", "19.0/s"]);
    assert_eq!(page.held("#preset"), "all-sync");
    assert!(page.text(".preset-look").contains("add users"), "{}", page.text(".preset-look"));
    assert_eq!(page.text(".work"), "1,050 ms of work in all");
    for part in [".timeline", ".chart-reader", ".saturation canvas", ".load"] {
        assert_eq!(page.count(part), 1, "{part}");
    }
}

#[test]
fn the_steps_stand_end_to_end_up_to_the_line() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    assert_eq!(page.steps(), STEPS.map(|(name, _)| name));
    let mut end = None;
    for (step, millis) in STEPS {
        let (left, right, line) = page.bar_and_line(step);
        assert!(
            end.is_none_or(|end: f64| (end - left).abs() < 1.0),
            "{step} starts at {left}, not at {end:?}"
        );
        assert!(right <= line + 1.0, "{step} ends at {right}, behind the line at {line}");
        assert_eq!(page.held(&crate::explorer::latency(step)), millis);
        assert_eq!(page.attribute(&switch(step), "aria-checked"), "false");
        end = Some(right);
    }
    let line = page.bar_and_line("Send email").2;
    assert!((end.unwrap() - line).abs() < 2.0, "the line stands at {line}, not at {end:?}");
    assert_eq!(page.text(".the-line-flag"), "the user has the answer");
}

/// The elements whose text is cut off, or that reach out of the page at a side.
fn cut_off(page: &Page) -> Vec<String> {
    let found = page.run(
        "const cut = [], wide = document.documentElement.clientWidth;
         if (document.documentElement.scrollWidth > wide) cut.push(`the page is ${document.documentElement.scrollWidth} wide`);
         for (const element of document.querySelectorAll('#app *, body > *')) {
           if (!element.checkVisibility() || element.closest('.track-clip, .visually-hidden, .skip, .chart-table, svg')) continue;
           const box = element.getBoundingClientRect();
           if (box.width === 0) continue;
           const name = `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`;
           if (box.left < -1 || box.right > wide + 1) cut.push(`${name}: ${box.left} to ${box.right}`);
           const style = getComputedStyle(element);
           if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) cut.push(`${name}: text is cut`);
         }
         return cut",
    );
    serde_json::from_value(found).unwrap()
}

#[test]
fn nothing_is_cut_off_at_a_side() {
    let narrow = Screen { width: 320, height: 640, scale: 2.0 };
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    for view in ["Library", "Practise", "Explore"] {
        page.press_button(view);
        page.wait_until("document.querySelector('h1')");
        for screen in [Screen::LAPTOP, Screen::PROJECTOR, Screen::PHONE, narrow] {
            page.resize(screen);
            assert_eq!(cut_off(&page), [""; 0], "{view} at {screen:?}");
        }
        page.resize(Screen::LAPTOP);
    }
}

#[test]
fn the_text_can_be_twice_as_large() {
    let page = Stage::release().with_large_text().open(Screen::LAPTOP, Theme::Light);
    assert_eq!(page.value("getComputedStyle(document.documentElement).fontSize"), "32px");
    for view in ["Library", "Practise", "Explore"] {
        page.press_button(view);
        page.wait_until("document.querySelector('h1')");
        assert_eq!(cut_off(&page), [""; 0], "{view}");
    }
    page.screenshot_of_all("explore-large-text");
}
