//! The first screen, before anything is touched.

use crate::controls::{async_switch, latency_field};
use crate::support::{Page, Screen, Site, Theme};

const STEPS: [(&str, &str); 4] = [
    ("Validate payment", "300"),
    ("Check inventory", "200"),
    ("Send email", "400"),
    ("Update analytics", "150"),
];

#[test]
fn it_tells_the_story_untouched() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.expect_headline("The user waits 1,050 ms at 10 users.");
    page.expect_text(".lead", "All of it is work: nobody stands in line.");
    for (name, value) in
        [("answered", "1,050 ms"), ("completed", "1,050 ms"), ("throughput", "4.9/s"), ("wall", "19.0/s")]
    {
        page.expect_metric(name, value);
    }
    page.expect_value("#preset", "all-sync");
    page.expect_text_contains(".preset-look", &["add users"]);
    page.expect_text(".work", "1,050 ms of work in all");
    for part in [".timeline", ".chart-reader", ".saturation canvas", ".load"] {
        page.expect_count(part, 1);
    }
}

#[test]
fn the_steps_stand_end_to_end_up_to_the_line() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.expect_step_names(&STEPS.map(|(name, _)| name));
    let mut end = None;
    for (step, millis) in STEPS {
        let (left, right, line) = page.bar_edges_and_answer_line(step);
        assert!(
            end.is_none_or(|end: f64| (end - left).abs() < 1.0),
            "{step} starts at {left}, not at {end:?}"
        );
        assert!(right <= line + 1.0, "{step} ends at {right}, after the answer line at {line}");
        page.expect_value(&latency_field(step), millis);
        page.expect_attribute(&async_switch(step), "aria-checked", "false");
        end = Some(right);
    }
    let line = page.bar_edges_and_answer_line("Send email").2;
    assert!((end.unwrap() - line).abs() < 2.0, "the answer line is at {line}, not at {end:?}");
    page.expect_text(".the-line-flag", "the user has the answer");
}

/// Returns the elements whose text is cut off, or that reach beyond the left or right edge of the page.
fn clipped_elements(page: &Page) -> Vec<String> {
    page.wait_until_idle();
    let clipped = page.run(
        "const clipped = [], { clientWidth, scrollWidth } = document.documentElement;
         if (scrollWidth > clientWidth) clipped.push(`the page is ${scrollWidth} wide`);
         for (const element of harness.findAll('#app *, body > *')) {
           const mayBeClipped = element.closest('.track-clip, .visually-hidden, .skip, .chart-table, svg');
           if (!element.checkVisibility() || mayBeClipped) continue;
           const box = element.getBoundingClientRect();
           if (box.width === 0) continue;
           const name = `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`;
           if (box.left < -1 || box.right > clientWidth + 1)
             clipped.push(`${name}: ${box.left} to ${box.right}`);
           const hidesOverflow = getComputedStyle(element).overflowX === 'hidden';
           if (hidesOverflow && element.scrollWidth > element.clientWidth + 1)
             clipped.push(`${name}: text is cut`);
         }
         return clipped",
    );
    serde_json::from_value(clipped).unwrap()
}

/// Opens a view by its button in the header.
fn open_view(page: &Page, view: &str) {
    page.click_button(view);
    page.expect_text(".views [aria-current=page]", view);
}

#[test]
fn nothing_is_cut_off_at_a_side() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    for view in ["Library", "Practise", "Explore"] {
        open_view(&page, view);
        for screen in [Screen::LAPTOP, Screen::PROJECTOR, Screen::PHONE, Screen::NARROW] {
            page.resize(screen);
            assert_eq!(clipped_elements(&page), [""; 0], "{view} at {screen:?}");
        }
        page.resize(Screen::LAPTOP);
    }
}

#[test]
fn the_text_can_be_twice_as_large() {
    let page = Site::release().with_large_text().open(Screen::LAPTOP, Theme::Light);
    page.expect_eval("getComputedStyle(document.documentElement).fontSize", "32px");
    for view in ["Library", "Practise", "Explore"] {
        open_view(&page, view);
        assert_eq!(clipped_elements(&page), [""; 0], "{view}");
    }
    page.screenshot_full_page("explore-large-text");
}
