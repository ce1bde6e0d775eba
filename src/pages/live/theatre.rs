//! What keeps a run going: one request at a time, each when the last was answered.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::live::{Frame, Request, Response, Viewport};
use crate::pages::live::scene::{Chart, Course, Painting, Scene};
use crate::platform::{Connection, Whereabouts};
use crate::scenario::Scenario;
use crate::strings::live;

/// The theatre: what the views read, and how they ask.
#[derive(Clone, Copy)]
pub(crate) struct Theatre {
    scene: RwSignal<Arc<Scene>>,
    /// Told when nothing but what moves has changed in the scene: marks and clock.
    motion: RwSignal<bool>,
    backstage: StoredValue<Backstage, LocalStorage>,
}

/// What nobody sees.
#[derive(Default)]
struct Backstage {
    connection: Option<Connection>,
    /// Whether an answer is outstanding.
    is_asked: bool,
    waiting: Vec<Request>,
    /// When time last passed before the screen, in milliseconds.
    last_pass: f64,
    /// Whether a frame of the screen is awaited.
    is_framed: bool,
    moving: bool,
    scenario: Option<Scenario>,
    look: Viewport,
}

/// How long an answer may take, in milliseconds: a part of a frame while it plays, longer on the way to a moment. In the
/// page itself everything else has to wait for it.
const PASS_BUDGET: f64 = 11.0;
/// See [`PASS_BUDGET`].
const SEEK_BUDGET: f64 = 120.0;
/// See [`PASS_BUDGET`].
const PAGE_BUDGET: f64 = 7.0;
/// The most time that passes at once: what was missed is not caught up with.
const LONGEST_PASS: f64 = 100.0;

impl Theatre {
    /// An empty theatre; it opens with the first scenario.
    pub(crate) fn new() -> Self {
        let scene = RwSignal::new(Arc::new(Scene::empty()));
        let theatre = Self {
            scene,
            motion: RwSignal::new(false),
            backstage: StoredValue::new_local(Backstage::default()),
        };
        let listener = window_event_listener(ev::visibilitychange, move |_| {
            if document().hidden() && theatre.peek().course != Course::Paused {
                theatre.pause();
                theatre.change(&mut |scene| live::PAUSED_HIDDEN.clone_into(&mut scene.said));
            }
        });
        on_cleanup(move || listener.remove());
        theatre.connect();
        theatre
    }

    /// What is shown now; whoever reads it follows it.
    #[inline(never)]
    pub(crate) fn now(self) -> Arc<Scene> {
        self.scene.get()
    }

    /// What is shown now; whoever reads it follows what moves, too.
    #[inline(never)]
    pub(crate) fn moving(self) -> Arc<Scene> {
        self.motion.track();
        self.scene.get()
    }

    /// A chart of the run.
    #[inline(never)]
    pub(crate) fn painting(self, chart: Chart) -> Arc<Painting> {
        let scene = self.now();
        match chart {
            Chart::Strip(index) => scene.strips.get(index).cloned().unwrap_or_default(),
            Chart::Order => scene.order.clone(),
        }
    }

    /// What is shown now, once.
    #[inline(never)]
    pub(crate) fn peek(self) -> Arc<Scene> {
        self.scene.get_untracked()
    }

    /// Changes what is shown; whether the view is still there.
    #[inline(never)]
    fn change(self, change: &mut dyn FnMut(&mut Scene)) -> bool {
        self.scene.try_update(|scene| change(Arc::make_mut(scene))).is_some()
    }

    /// Plays this many times as fast as life.
    pub(crate) fn set_speed(self, speed: f64) {
        self.change(&mut |scene| scene.speed = speed);
    }

    /// Has a simulation started, again if need be.
    pub(crate) fn connect(self) {
        self.change(&mut |scene| scene.whereabouts = Whereabouts::Coming);
        spawn_local(async move {
            let connection = Connection::open(
                Box::new(move |answer| self.take(answer)),
                Box::new(move |whereabouts| self.arrive(whereabouts)),
            );
            let connection = connection.await;
            // The person may have left the view.
            if connection.is_none() {
                self.change(&mut |scene| scene.whereabouts = Whereabouts::Broken);
            }
            _ = self.backstage.try_update_value(|backstage| backstage.connection = connection);
        });
    }

    /// A simulation is there, new, wherever it is: the run is begun in it, up to where it was.
    fn arrive(self, whereabouts: Whereabouts) {
        if !self.change(&mut |scene| scene.whereabouts = whereabouts) {
            return;
        }
        self.pause();
        self.backstage.update_value(|backstage| {
            backstage.is_asked = false;
            backstage.waiting.clear();
        });
        if whereabouts != Whereabouts::Broken {
            self.begin();
        }
    }

    /// Shows the run of another scenario, at the moment at which the last one stood.
    pub(crate) fn open(self, scenario: Scenario) {
        self.backstage.update_value(|backstage| backstage.scenario = Some(scenario));
        if matches!(self.peek().whereabouts, Whereabouts::Worker | Whereabouts::Page) {
            self.begin();
        }
    }

    fn begin(self) {
        let playing = self.peek().course == Course::Playing;
        let (scenario, look) =
            self.backstage.with_value(|backstage| (backstage.scenario.clone(), backstage.look));
        let Some(scenario) = scenario.map(Box::new) else { return };
        self.ask(Request::Open { scenario });
        self.ask(Request::SetViewport(look));
        if !playing {
            self.seek(self.peek().nanos);
        }
    }

    /// Lays everything out anew where the look has changed.
    pub(crate) fn look(self, look: Viewport) {
        let changed =
            self.backstage.try_update_value(|backstage| std::mem::replace(&mut backstage.look, look) != look);
        if changed == Some(true) && self.peek().whereabouts != Whereabouts::Coming {
            self.ask(Request::SetViewport(look));
        }
    }

    /// Lets the run go on.
    pub(crate) fn play(self) {
        self.set_course(Course::Playing);
        self.backstage.update_value(|backstage| backstage.last_pass = js_sys::Date::now());
        self.frame();
    }

    /// Stops the run where it is.
    pub(crate) fn pause(self) {
        self.change(&mut |scene| scene.course = Course::Paused);
    }

    fn set_course(self, course: Course) {
        self.change(&mut |scene| {
            scene.said.clear();
            scene.course = course;
        });
    }

    /// Goes to a moment as fast as can be.
    pub(crate) fn seek(self, nanos: u64) {
        self.set_course(Course::Seeking(nanos));
        self.ask(Request::Seek { nanos, budget: self.budget(SEEK_BUDGET) });
    }

    /// Asks for something of its own: a step, an order.
    pub(crate) fn ask_once(self, request: Request) {
        self.pause();
        self.ask(request);
    }

    /// Asks, at once or when the answers before it have come; of several moments to go to only the last counts.
    pub(crate) fn ask(self, request: Request) {
        self.backstage.update_value(|backstage| {
            if matches!(request, Request::Seek { .. }) {
                backstage.waiting.retain(|waiting| !matches!(waiting, Request::Seek { .. }));
            }
            backstage.waiting.push(request);
        });
        self.send();
    }

    fn send(self) {
        self.backstage.update_value(|backstage| {
            if let (false, Some(connection)) = (backstage.is_asked, &backstage.connection)
                && !backstage.waiting.is_empty()
            {
                let request = backstage.waiting.remove(0);
                connection.ask(&request);
                backstage.is_asked = true;
            }
        });
    }

    fn budget(self, in_worker: f64) -> f64 {
        if self.peek().whereabouts == Whereabouts::Page { PAGE_BUDGET } else { in_worker }
    }

    /// Does what is due with the next frame of the screen, and goes on as long as there is something to do.
    fn frame(self) {
        let is_first =
            self.backstage.try_update_value(|backstage| !std::mem::replace(&mut backstage.is_framed, true));
        if is_first == Some(true) {
            request_animation_frame(move || {
                if self.backstage.try_update_value(|backstage| backstage.is_framed = false).is_some() {
                    self.pass();
                }
            });
        }
    }

    fn pass(self) {
        let playing = self.peek().course == Course::Playing;
        let (is_asked, moving) =
            self.backstage.with_value(|backstage| (backstage.is_asked, backstage.moving));
        if !playing && !moving {
            return;
        }
        if is_asked {
            self.frame();
            return;
        }
        let now = js_sys::Date::now();
        let last =
            self.backstage.try_update_value(|backstage| std::mem::replace(&mut backstage.last_pass, now));
        let millis = (now - last.unwrap_or(now)).clamp(1.0, LONGEST_PASS);
        let speed = if playing { self.peek().speed } else { 0.0 };
        self.ask(Request::Advance { millis, speed, budget: self.budget(PASS_BUDGET) });
    }

    /// Takes an answer.
    fn take(self, answer: Response) {
        let is_here = self.backstage.try_update_value(|backstage| backstage.is_asked = false).is_some();
        match answer {
            _ if !is_here => return,
            Response::Frame(frame) => self.show(*frame),
            Response::Refused(reason) => {
                self.change(&mut |scene| scene.refuse(reason.clone()));
            }
            Response::Sweep(_) | Response::TraceDigest(_) => {}
        }
        self.send();
    }

    fn show(self, mut frame: Frame) {
        let nanos = frame.nanos;
        let (arrived, is_over, moving) = (frame.is_complete, frame.end_reason.is_some(), frame.is_moving);
        if frame.is_motion_only() {
            self.scene.try_update_untracked(|scene| Arc::make_mut(scene).take(&mut frame));
            self.motion.try_update(|motion| *motion = !*motion);
        } else {
            self.change(&mut |scene| scene.take(&mut frame));
        }
        self.backstage.update_value(|backstage| backstage.moving = moving);
        match self.peek().course {
            // Answers to what was asked before come in between.
            Course::Seeking(goal) if !is_over && (!arrived || nanos != goal) => self.seek_on(goal),
            Course::Playing if !is_over => {}
            Course::Paused => {}
            _ => self.pause(),
        }
        self.frame();
    }

    fn seek_on(self, nanos: u64) {
        let is_replaced = self.backstage.with_value(|backstage| !backstage.waiting.is_empty());
        if !is_replaced {
            self.ask(Request::Seek { nanos, budget: self.budget(SEEK_BUDGET) });
        }
    }
}
