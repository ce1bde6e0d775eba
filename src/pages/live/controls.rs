//! Controls of a run: play, step, seek, speed, seed.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::components::{Choice, NumberField, Select};
use crate::dispatch::use_dispatch;
use crate::live::Request;
use crate::pages::live::controller::LiveController;
use crate::pages::live::state::Playback;
use crate::session::Action;
use crate::strings::live as strings;
use crate::units::parse::parse_number;

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

/// The end of a run, in nanoseconds.
const END: u64 = 600_000_000_000;
/// A step of the seek slider, in nanoseconds.
const SECOND: u64 = 1_000_000_000;
/// New seeds are below this, so that they are easy to say.
const MAX_NEW_SEED: f64 = 10_000.0;

#[component]
pub(crate) fn Controls(controller: LiveController, seed: Memo<u32>) -> impl IntoView {
    let playback = controller.state.playback;
    let is_paused = move || playback.get() == Playback::Paused;
    let toggle = move |_| {
        if untrack(is_paused) {
            controller.play();
        } else {
            controller.pause();
        }
    };
    let request = move |request: Request| move |()| controller.pause_and_request(request.clone());
    view! {
        <div class="panel run-controls">
            <button type="button" class="action run-play" data-weight="primary" on:click=toggle>
                {move || if is_paused() { strings::PLAY } else { strings::PAUSE }}
            </button>
            <div class="run-buttons">
                <IconButton
                    name=strings::JUMP_TO_START
                    icon=START_ICON
                    on_press=move |()| controller.seek(0)
                />
                <IconButton name=strings::STEP_BACK icon=BACK_ICON on_press=request(Request::StepBack) />
                <IconButton name=strings::STEP_FORWARD icon=STEP_ICON on_press=request(Request::Step) />
                <IconButton name=strings::JUMP_TO_END icon=END_ICON on_press=move |()| controller.seek(END) />
            </div>
            <SeekSlider controller />
            <div class="run-speed"><SpeedSelect speed=controller.state.speed /></div>
            <SeedField seed />
            <p class="run-said" role="status">{controller.state.message}</p>
        </div>
    }
}

#[component]
fn IconButton(
    name: &'static str,
    /// An SVG path in a square of 20 units.
    icon: &'static str,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="tool" aria-label=name title=name on:click=move |_| on_press.run(())>
            <svg viewBox="0 0 20 20" aria-hidden="true"><path d=icon /></svg>
        </button>
    }
}

#[component]
fn SeekSlider(controller: LiveController) -> impl IntoView {
    let (nanos, clock) = (controller.state.nanos, controller.state.clock);
    let seek = move |event| {
        let seconds = event_target::<HtmlInputElement>(&event).value_as_number();
        controller.seek(seconds as u64 * SECOND);
    };
    view! {
        <label class="run-moment">
            <input
                type="range"
                class="range"
                min="0"
                max="600"
                step="1"
                aria-label=strings::TIME_SLIDER
                aria-valuetext=clock
                prop:value=move || (nanos.get() / SECOND).to_string()
                on:input=seek
            />
            <span class="run-clock" aria-hidden="true">{clock}</span>
        </label>
    }
}

#[component]
fn SpeedSelect(speed: RwSignal<f64>) -> impl IntoView {
    let choose = move |key: String| {
        if let Ok(chosen) = parse_number(&key) {
            speed.set(chosen);
        }
    };
    view! {
        <Select
            label=strings::SPEED
            choices=SPEEDS.to_vec()
            selected=Signal::derive(move || speed.get().to_string())
            on_choose=Callback::new(choose)
        />
    }
}

/// The seed of the random numbers.
#[component]
fn SeedField(seed: Memo<u32>) -> impl IntoView {
    let dispatch = use_dispatch();
    let enter = move |entry: String| match parse_number(&entry) {
        Ok(number) if (0.0..=f64::from(u32::MAX)).contains(&number) => {
            dispatch.send(Action::SetSeed(number as u32));
            None
        }
        _ => Some(strings::INVALID_SEED.to_owned()),
    };
    // No result depends on where the seed comes from: it is shown, and the link keeps it.
    let choose_new = move |_| dispatch.send(Action::SetSeed((js_sys::Math::random() * MAX_NEW_SEED) as u32));
    view! {
        <div class="run-seed">
            <span class="field-label" title=strings::SEED_NOTE>{strings::SEED}</span>
            <NumberField
                label=strings::SEED
                value=Signal::derive(move || seed.get().to_string())
                unit=""
                on_enter=Callback::new(enter)
            />
            <button type="button" class="action" title=strings::SEED_NOTE on:click=choose_new>
                {strings::NEW_SEED}
            </button>
        </div>
    }
}

const START_ICON: &str = "M5 4v12M16 4.500 8 10l8 5.500z";
const BACK_ICON: &str = "m13 4.500-7 5.500 7 5.500z";
const STEP_ICON: &str = "m7 4.500 7 5.500-7 5.500z";
const END_ICON: &str = "M15 4v12M4 4.500 12 10l-8 5.500z";
