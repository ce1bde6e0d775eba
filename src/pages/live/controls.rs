//! What one does with a run: play, step, scrub, go faster, try other luck.

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlInputElement;

use crate::components::{Choice, NumberField, Select};
use crate::dispatch::use_dispatch;
use crate::dom::{Html, Text, event, fixed, press, text};
use crate::live::Request;
use crate::pages::live::scene::Course;
use crate::pages::live::theatre::Theatre;
use crate::session::{Action, Session};
use crate::strings::live as words;
use crate::units::parse::parse_number;
use crate::units::round_to_decimals;

/// The speeds.
const SPEEDS: [Choice; 9] = [
    ("0.1", "× 0.1"),
    ("0.3", "× 0.3"),
    ("1", "× 1"),
    ("3", "× 3"),
    ("10", "× 10"),
    ("30", "× 30"),
    ("100", "× 100"),
    ("300", "× 300"),
    ("1000", "× 1,000"),
];

/// The last moment of a run, in nanoseconds.
const END: u64 = 600_000_000_000;
/// Nanoseconds in a step of the slider.
const SECOND: u64 = 1_000_000_000;

/// The controls.
#[component]
pub(crate) fn Controls(
    /// The run.
    theatre: Theatre,
    /// The state, for the seed.
    session: RwSignal<Session>,
) -> Html {
    let is_playing = move || theatre.now().course != Course::Paused;
    let word = text(move || if is_playing() { words::PAUSE } else { words::PLAY }.to_owned());
    let toggle =
        press(move || if theatre.peek().course == Course::Paused { theatre.play() } else { theatre.pause() });
    let act = move |name: &'static str, icon: &'static str, act: Box<dyn Fn()>| {
        view! {
            <button type="button" class="tool" aria-label=name title=name on:click=press(act)>
                <svg viewBox="0 0 20 20" aria-hidden="true"><path d=icon /></svg>
            </button>
        }
    };
    let once =
        move |request: Request| -> Box<dyn Fn()> { Box::new(move || theatre.ask_once(request.clone())) };
    let seek = move |nanos| -> Box<dyn Fn()> { Box::new(move || theatre.seek(nanos)) };
    view! {
        <div class="panel run-controls">
            <button type="button" class="action run-play" data-weight="primary" on:click=toggle>{word}</button>
            <div class="run-buttons">
                {act(words::JUMP_TO_START, START_ICON, seek(0))}
                {act(words::STEP_BACK, BACK_ICON, once(Request::StepBack))}
                {act(words::STEP_FORWARD, STEP_ICON, once(Request::Step))}
                {act(words::JUMP_TO_END, END_ICON, seek(END))}
            </div>
            <Moment theatre />
            <div class="run-speed"><Speed theatre /></div>
            <Seed session />
            <p class="run-said" role="status">{text(move || theatre.now().said.clone())}</p>
        </div>
    }
}

/// The slider of the moment.
#[component]
fn Moment(theatre: Theatre) -> Html {
    let clock = text(move || theatre.moving().clock.clone());
    let value = text(move || (theatre.moving().nanos / SECOND).to_string());
    let go = event(move |event| {
        let seconds = event_target::<HtmlInputElement>(&event).value_as_number();
        theatre.seek(seconds as u64 * SECOND);
    });
    view! {
        <label class="run-moment">
            <input
                type="range"
                class="range"
                min="0"
                max="600"
                step="1"
                aria-label=words::TIME_SLIDER
                aria-valuetext=clock
                prop:value=value
                on:input=go
            />
            <span class="run-clock" aria-hidden="true">{clock}</span>
        </label>
    }
}

/// How fast.
#[component]
fn Speed(theatre: Theatre) -> Html {
    let choose = move |key: String| {
        if let Ok(speed) = parse_number(&key) {
            theatre.set_speed(speed);
        }
    };
    let taken = text(move || round_to_decimals(theatre.now().speed, 3).to_string());
    view! { <Select label=words::SPEED beside=Html::several() choices=SPEEDS.to_vec() taken on_choose=Box::new(choose) /> }
}

/// Where chance starts.
#[component]
fn Seed(session: RwSignal<Session>) -> Html {
    let dispatch = use_dispatch();
    let value: Text = text(move || session.with(|session| session.scenario().seed.to_string()));
    let enter = move |entry: &str| match parse_number(entry) {
        Ok(number) if (0.0..=f64::from(u32::MAX)).contains(&number) => {
            dispatch.apply(Action::SetSeed(number as u32));
            None
        }
        _ => Some(words::INVALID_SEED.to_owned()),
    };
    let luck = press(move || {
        // No result depends on where this comes from: the seed is shown, and the link keeps it.
        dispatch.apply(Action::SetSeed((js_sys::Math::random() * 10_000.0) as u32));
    });
    view! {
        <div class="run-seed">
            <span class="field-label" title=words::SEED_NOTE>{words::SEED}</span>
            <NumberField name=fixed(words::SEED) value unit="" on_enter=Box::new(enter) />
            <button type="button" class="action" title=words::SEED_NOTE on:click=luck>{words::NEW_SEED}</button>
        </div>
    }
}

const START_ICON: &str = "M5 4v12M16 4.500 8 10l8 5.500z";
const BACK_ICON: &str = "m13 4.500-7 5.500 7 5.500z";
const STEP_ICON: &str = "m7 4.500 7 5.500-7 5.500z";
const END_ICON: &str = "M15 4v12M4 4.500 12 10l-8 5.500z";
