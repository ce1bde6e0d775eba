//! A run that is watched: it plays, and makes frames.

use super::followed_order::FollowedOrder;
use super::player::Player;
use super::refresh_schedule::{FrameContent, RefreshSchedule};
use crate::charts::Label;
use crate::live::animation::flow_layout::{FlowLayout, LaneId};
use crate::live::animation::marks::{Marks, levels, occupancy};
use crate::live::captions::run_summary;
use crate::live::captions::strip_chart::StripChart;
use crate::live::captions::theory::Theory;
use crate::live::protocol::{Frame, Panel, RUN_LENGTH, Request, Response, Viewport};
use crate::scenario::Scenario;
use crate::simulation::{Gauges, InFlightItem, Instant, Location};
use crate::strings::live;

#[derive(Debug)]
pub(super) struct LiveRun {
    player: Player,
    layout: FlowLayout,
    marks: Marks,
    theory: Theory,
    order: FollowedOrder,
    /// The numbers above the lanes as they were last sent.
    counters: Vec<Label>,
    schedule: RefreshSchedule,
    /// The index of the strip chart that is drawn next while the run goes on.
    next_strip: usize,
}

/// The parts of a frame to make.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FrameScope {
    /// The marks, and texts and charts by schedule.
    Scheduled,
    /// Everything but the backdrop.
    Update,
    Full,
}

impl LiveRun {
    /// Returns a run at its start.
    ///
    /// # Errors
    /// A sentence, if the scenario is too large to be simulated.
    pub(super) fn new(scenario: Scenario, viewport: &Viewport) -> Result<Self, String> {
        let player = Player::new(scenario).map_err(|error| live::too_large(&error))?;
        Ok(Self {
            layout: FlowLayout::new(&player.scenario, viewport.flow_width, viewport.text_size),
            theory: Theory::new(&player.scenario, player.run().scaled_system()),
            player,
            marks: Marks::default(),
            order: FollowedOrder::default(),
            counters: Vec::new(),
            schedule: RefreshSchedule::default(),
            next_strip: 0,
        })
    }

    /// Lays everything out again, and returns a full frame.
    pub(super) fn lay_out(&mut self, viewport: &Viewport) -> Response {
        self.layout = FlowLayout::new(&self.player.scenario, viewport.flow_width, viewport.text_size);
        self.marks.clear();
        self.frame(true, FrameScope::Full, None, viewport)
    }

    pub(super) fn respond(
        &mut self,
        request: &Request,
        viewport: &Viewport,
        clock: &dyn Fn() -> f64,
    ) -> Response {
        match *request {
            Request::Advance { millis, speed, budget } => {
                let is_complete = self.player.advance(millis * speed / 1e3, budget, clock);
                self.schedule.advance(millis);
                let has_ended = self.player.end_reason().is_some();
                let scope = if has_ended { FrameScope::Update } else { FrameScope::Scheduled };
                self.frame(is_complete, scope, Some(millis), viewport)
            }
            Request::Seek { nanos, budget } => {
                let is_complete = self.player.seek(Instant::from_nanos(nanos), budget, clock);
                let scope = if is_complete { FrameScope::Update } else { FrameScope::Scheduled };
                self.schedule.advance(budget);
                self.frame(is_complete, scope, None, viewport)
            }
            Request::Step => {
                let announcement = self.step();
                let mut response = self.updated(viewport);
                if let Response::Frame(frame) = &mut response {
                    frame.announcement = Some(announcement);
                }
                response
            }
            Request::StepBack => {
                self.player.step_back();
                self.updated(viewport)
            }
            Request::FollowOrder { order } => {
                self.order.number = order.min(self.player.run().order_count());
                self.updated(viewport)
            }
            Request::FollowOrderAt(point) => {
                self.order.number = self.marks.order_at(point).unwrap_or(self.order.number);
                self.updated(viewport)
            }
            _ => super::refusal(),
        }
    }

    /// Handles one event, and returns it in words.
    fn step(&mut self) -> String {
        let records = self.player.step();
        let steps = &self.player.scenario.steps;
        let name = |step: u8| steps.get(usize::from(step)).map(|step| step.name.as_str());
        let sentences: Vec<String> = records
            .iter()
            .map(|record| live::event_description(record.order, record.event, record.step.and_then(name)))
            .collect();
        if sentences.is_empty() { live::UNOBSERVED_EVENT.to_owned() } else { sentences.join("; ") }
    }

    /// Returns a frame after a change at one moment.
    fn updated(&mut self, viewport: &Viewport) -> Response {
        self.frame(true, FrameScope::Update, Some(0.0), viewport)
    }

    /// Returns a frame. Marks move for `millis` of real time; without it, they are at their targets at once.
    fn frame(
        &mut self,
        is_complete: bool,
        scope: FrameScope,
        millis: Option<f64>,
        viewport: &Viewport,
    ) -> Response {
        let run = self.player.run();
        let (now, events) = (run.now(), run.events());
        let latest = run.order_count();
        let is_following = self.order.number != 0;
        let followed = if is_following { self.order.number.min(latest) } else { latest };
        let due = match scope {
            FrameScope::Scheduled => self.schedule.take_due(viewport.reduced_motion),
            FrameScope::Update | FrameScope::Full => self.schedule.take_all(),
        };
        let is_due = |content| due.contains(&content);
        let items: Vec<InFlightItem> = run.in_flight().collect();
        let gauges = run.gauges();
        let publishing = items.iter().filter(|item| item.location == Location::Publishing).count();
        let marks = if viewport.reduced_motion {
            is_due(FrameContent::Counters).then(|| levels(&self.layout, &gauges, publishing))
        } else {
            self.marks.update(&self.layout, run.scaled_system(), &items, millis);
            Some(self.marks.figure(&self.layout, &gauges, if is_following { followed } else { 0 }))
        };
        let counters =
            is_due(FrameContent::Counters).then(|| self.counters(&gauges, publishing, viewport)).flatten();
        let is_full = scope == FrameScope::Full;
        let is_stale = is_due(FrameContent::OrderTrace) && self.order.is_stale(followed, now);
        let order_trace =
            (is_full || is_stale).then(|| Box::new(self.order.panel(&self.player, followed, viewport)));
        let summary = is_due(FrameContent::Summary).then(|| {
            let scenario = self.player.scenario.clone();
            Box::new(run_summary(&scenario, self.player.run_mut(), &self.theory))
        });
        let strips = match (due.len(), is_due(FrameContent::StripChart)) {
            (0..=1, true) => self.next_strip(viewport),
            (_, true) => self.strips(viewport),
            (_, false) => Vec::new(),
        };
        Response::Frame(Box::new(Frame {
            nanos: now.nanos(),
            events,
            clock: live::clock(now.time(), RUN_LENGTH),
            is_complete,
            end_reason: self.player.end_reason(),
            is_moving: !viewport.reduced_motion && self.marks.are_moving(),
            announcement: None,
            marks,
            backdrop: is_full.then(|| self.layout.backdrop()),
            counters,
            summary,
            strips,
            followed_order: followed,
            order_trace,
        }))
    }

    fn strips(&self, viewport: &Viewport) -> Vec<(usize, Panel)> {
        let charts = StripChart::all_of(&self.player.scenario).into_iter().enumerate();
        charts.map(|(index, chart)| (index, self.strip(chart, viewport))).collect()
    }

    /// Draws one strip chart, a different one each time.
    fn next_strip(&mut self, viewport: &Viewport) -> Vec<(usize, Panel)> {
        let charts = StripChart::all_of(&self.player.scenario);
        let index = self.next_strip % charts.len();
        self.next_strip = index + 1;
        vec![(index, self.strip(charts[index], viewport))]
    }

    fn strip(&self, chart: StripChart, viewport: &Viewport) -> Panel {
        chart.panel(&self.player.scenario, self.player.run(), &self.theory, viewport)
    }

    /// Returns the numbers above the lanes, if they have changed.
    fn counters(&mut self, gauges: &Gauges, publishing: usize, viewport: &Viewport) -> Option<Vec<Label>> {
        let orders_per_mark = if viewport.reduced_motion { 1 } else { self.marks.orders_per_mark.max(1) };
        let counter = |lane| {
            let (waiting, busy) = occupancy(lane, gauges, publishing);
            let dead = match lane.id {
                LaneId::Step(step) => gauges.steps.get(step).map_or(0, |step| step.dead_letters),
                LaneId::Pool | LaneId::Publish => 0,
            };
            let text = live::lane_counter((lane.servers > 0).then_some((busy, lane.servers)), waiting, dead);
            self.layout.counter(lane, text)
        };
        let mut labels: Vec<Label> = self.layout.lanes.iter().map(counter).collect();
        if orders_per_mark > 1 {
            labels.push(self.layout.legend(live::orders_per_mark(orders_per_mark)));
        }
        let has_changed = labels != self.counters;
        self.counters.clone_from(&labels);
        has_changed.then_some(labels)
    }
}

#[cfg(test)]
impl LiveRun {
    /// The order that is followed; 0 for the latest.
    pub(super) fn followed_order(&self) -> u32 {
        self.order.number
    }
}
