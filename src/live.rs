//! The simulation that the page Live shows: the protocol between the page and the simulation, and the
//! simulation's side of it.
//!
//! The simulation is a separate program, in a worker or, where there is none, in the page. It does nothing by
//! itself: it answers one request after the other, and no response takes longer than the request allows. So
//! the page decides how fast a run goes and when it stops, and nothing has to be interrupted. The simulation
//! also lays out everything that is drawn; the page only paints it.
//!
//! ```
//! use waiting_line::live::{Host, Request, Response};
//! use waiting_line::scenario::Scenario;
//! let mut host = Host::default();
//! let mut send = |request: &Request| host.respond(request, &|| 0.0);
//! send(&Request::Open { scenario: Box::new(Scenario::online_shop()) });
//! let response = send(&Request::Seek { nanos: 60_000_000_000, budget: 1_000.0 });
//! let Response::Frame(frame) = response else { panic!("{response:?}") };
//! assert_eq!(frame.clock, "1 min of 10 min");
//! ```

mod animation;
mod captions;
mod experiment_rules;
mod host;
mod protocol;

pub use experiment_rules::ExperimentRules;
pub use host::Host;
pub use protocol::{
    DataPoint, Frame, Panel, Request, Response, RunSummary, SweepPoint, SweepProgress, Table, Viewport,
};
