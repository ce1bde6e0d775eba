//! Drives a run: sends one request at a time to the simulation, each when the one before has its response.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::live::{Frame, Request, Response, Viewport};
use crate::pages::live::state::{LiveState, Playback};
use crate::platform::{Connection, SimulationHost};
use crate::scenario::Scenario;
use crate::strings::live;

/// Actions of the views on a run.
#[derive(Clone, Copy)]
pub(crate) struct LiveController {
    pub(crate) state: LiveState,
    exchange: StoredValue<Exchange, LocalStorage>,
}

/// The exchange of requests and responses with the simulation.
#[derive(Default)]
struct Exchange {
    connection: Option<Connection>,
    is_awaiting_response: bool,
    /// Requests that wait for the response to the one before.
    queue: Vec<Request>,
    /// The moment at which model time last advanced, in milliseconds of the clock.
    last_advance: f64,
    is_frame_requested: bool,
    /// `true` if dots are still moving after the last frame.
    is_moving: bool,
    scenario: Option<Box<Scenario>>,
    viewport: Viewport,
}

/// Time for one response in milliseconds: a part of a frame while playing, so that the page stays responsive.
const ADVANCE_BUDGET: f64 = 11.0;
/// Time for one response in milliseconds on the way to a moment.
const SEEK_BUDGET: f64 = 120.0;
/// Time for one response in milliseconds when the simulation runs on the main thread, where everything else
/// waits for it.
const MAIN_THREAD_BUDGET: f64 = 7.0;
/// The longest step of model time between two frames, in milliseconds; a longer gap is not caught up.
const MAX_ADVANCE: f64 = 100.0;

impl LiveController {
    /// Connects to a simulation. The run starts when `open` gives it a scenario.
    pub(crate) fn new() -> Self {
        let controller =
            Self { state: LiveState::new(), exchange: StoredValue::new_local(Exchange::default()) };
        let listener = window_event_listener(ev::visibilitychange, move |_| {
            if document().hidden() && controller.state.playback.get_untracked() != Playback::Paused {
                controller.pause();
                controller.state.message.set(live::PAUSED_HIDDEN.to_owned());
            }
        });
        on_cleanup(move || listener.remove());
        controller.connect();
        controller
    }

    /// `true` if the page Live is still shown.
    fn is_alive(self) -> bool {
        !self.state.host.is_disposed()
    }

    /// Starts a simulation, or a new one after the last failed.
    pub(crate) fn connect(self) {
        self.state.host.set(SimulationHost::Starting);
        spawn_local(async move {
            let connection = Connection::open(
                Box::new(move |response| self.on_response(response)),
                Box::new(move |host| self.on_host_change(host)),
            );
            let connection = connection.await;
            if !self.is_alive() {
                return;
            }
            match connection {
                Ok(connection) => {
                    self.exchange.update_value(|exchange| exchange.connection = Some(connection));
                }
                Err(host) => self.state.host.set(host),
            }
        });
    }

    /// A new simulation is ready, or none can be: the run is started again in it, up to where it was.
    fn on_host_change(self, host: SimulationHost) {
        if !self.is_alive() {
            return;
        }
        self.state.host.set(host);
        self.pause();
        self.exchange.update_value(|exchange| {
            exchange.is_awaiting_response = false;
            exchange.queue.clear();
        });
        if host != SimulationHost::Failed {
            self.start_run();
        }
    }

    /// Shows the run of another scenario, at the moment of the run before.
    pub(crate) fn open(self, scenario: Scenario) {
        self.exchange.update_value(|exchange| exchange.scenario = Some(Box::new(scenario)));
        if matches!(self.state.host.get_untracked(), SimulationHost::Worker | SimulationHost::MainThread) {
            self.start_run();
        }
    }

    fn start_run(self) {
        let (scenario, viewport) =
            self.exchange.with_value(|exchange| (exchange.scenario.clone(), exchange.viewport));
        let Some(scenario) = scenario else { return };
        self.request(Request::Open { scenario });
        self.request(Request::SetViewport(viewport));
        if self.state.playback.get_untracked() != Playback::Playing {
            self.seek(self.state.nanos.get_untracked());
        }
    }

    /// Lays the run out for another size or text size.
    pub(crate) fn set_viewport(self, viewport: Viewport) {
        let before =
            self.exchange.try_update_value(|exchange| std::mem::replace(&mut exchange.viewport, viewport));
        let is_new = before.is_some_and(|before| before != viewport);
        if is_new && self.state.host.get_untracked() != SimulationHost::Starting {
            self.request(Request::SetViewport(viewport));
        }
    }

    pub(crate) fn play(self) {
        self.set_playback(Playback::Playing);
        self.exchange.update_value(|exchange| exchange.last_advance = js_sys::Date::now());
        self.request_frame();
    }

    pub(crate) fn pause(self) {
        self.state.playback.set(Playback::Paused);
    }

    fn set_playback(self, playback: Playback) {
        self.state.message.set(String::new());
        self.state.playback.set(playback);
    }

    /// Goes to a moment (in nanoseconds) at full speed.
    pub(crate) fn seek(self, nanos: u64) {
        self.set_playback(Playback::Seeking(nanos));
        self.request(Request::Seek { nanos, budget: self.budget(SEEK_BUDGET) });
    }

    /// Pauses and sends a request, for example for a single step.
    pub(crate) fn pause_and_request(self, request: Request) {
        self.pause();
        self.request(request);
    }

    /// Sends a request once the requests before it have their responses. A newer seek replaces the ones that
    /// still wait.
    pub(crate) fn request(self, request: Request) {
        self.exchange.update_value(|exchange| {
            if matches!(request, Request::Seek { .. }) {
                exchange.queue.retain(|waiting| !matches!(waiting, Request::Seek { .. }));
            }
            exchange.queue.push(request);
        });
        self.send_next();
    }

    fn send_next(self) {
        self.exchange.update_value(|exchange| {
            if let (false, Some(connection)) = (exchange.is_awaiting_response, &exchange.connection)
                && !exchange.queue.is_empty()
            {
                connection.send(&exchange.queue.remove(0));
                exchange.is_awaiting_response = true;
            }
        });
    }

    fn budget(self, in_worker: f64) -> f64 {
        if self.state.host.get_untracked() == SimulationHost::MainThread {
            MAIN_THREAD_BUDGET
        } else {
            in_worker
        }
    }

    /// Advances the run in the next animation frame.
    fn request_frame(self) {
        let was_requested = self
            .exchange
            .try_update_value(|exchange| std::mem::replace(&mut exchange.is_frame_requested, true));
        if was_requested == Some(false) {
            request_animation_frame(move || {
                if self.exchange.try_update_value(|exchange| exchange.is_frame_requested = false).is_some() {
                    self.advance();
                }
            });
        }
    }

    fn advance(self) {
        let is_playing = self.state.playback.get_untracked() == Playback::Playing;
        let (is_awaiting_response, is_moving) =
            self.exchange.with_value(|exchange| (exchange.is_awaiting_response, exchange.is_moving));
        if !is_playing && !is_moving {
            return;
        }
        if is_awaiting_response {
            self.request_frame();
            return;
        }
        let now = js_sys::Date::now();
        let last =
            self.exchange.try_update_value(|exchange| std::mem::replace(&mut exchange.last_advance, now));
        let millis = (now - last.unwrap_or(now)).clamp(1.0, MAX_ADVANCE);
        let speed = if is_playing { self.state.speed.get_untracked() } else { 0.0 };
        self.request(Request::Advance { millis, speed, budget: self.budget(ADVANCE_BUDGET) });
    }

    fn on_response(self, response: Response) {
        if !self.is_alive() {
            return;
        }
        self.exchange.update_value(|exchange| exchange.is_awaiting_response = false);
        match response {
            Response::Frame(frame) => self.on_frame(*frame),
            Response::Refused(reason) => self.state.refuse(reason),
            Response::Sweep(_) | Response::TraceDigest(_) => {}
        }
        self.send_next();
    }

    fn on_frame(self, frame: Frame) {
        let (nanos, is_complete, is_over) = (frame.nanos, frame.is_complete, frame.end_reason.is_some());
        self.exchange.update_value(|exchange| exchange.is_moving = frame.is_moving);
        self.state.apply(frame);
        match self.state.playback.get_untracked() {
            // Responses to requests before the seek arrive in between.
            Playback::Seeking(target) if !is_over && (!is_complete || nanos != target) => {
                self.continue_seek(target);
            }
            Playback::Playing if !is_over => {}
            Playback::Paused => {}
            _ => self.pause(),
        }
        self.request_frame();
    }

    fn continue_seek(self, nanos: u64) {
        let is_replaced = self.exchange.with_value(|exchange| !exchange.queue.is_empty());
        if !is_replaced {
            self.request(Request::Seek { nanos, budget: self.budget(SEEK_BUDGET) });
        }
    }
}
