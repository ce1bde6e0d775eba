//! A run to watch: what a page asks of a simulation that runs beside it, and what that answers.
//!
//! The simulation is a program of its own, in a worker or, where there is none, in the page. It never acts by itself: it
//! answers one request after the other, and no answer takes longer than the request allows. So the page decides how fast
//! a run goes and when it stops, and nothing has to be interrupted. Everything drawn is laid out here; the page only
//! paints it.
//!
//! ```
//! use waiting_line::live::{Answer, Host, Request};
//! use waiting_line::session::{Session, share_link};
//! let mut host = Host::default();
//! let mut ask = |request: &Request| host.respond(request, &|| 0.0);
//! ask(&Request::Open { link: share_link::encode(&Session::new()) });
//! let answer = ask(&Request::Seek { nanos: 60_000_000_000, budget: 1_000.0 });
//! let Answer::Frame(frame) = answer else { panic!("{answer:?}") };
//! assert_eq!(frame.clock, "1 min of 10 min");
//! ```

mod course;
mod frame;
mod host;
mod marks;
mod pace;
mod player;
mod reading;
mod request;
mod rules;
mod stage;
mod sweep;
mod theory;

pub use frame::{Answer, Frame, Panel, Reading, Stop, Table};
pub use host::Host;
pub use request::{Look, Request};
pub use rules::Rules;
pub use sweep::{Swept, SweptPoint};
