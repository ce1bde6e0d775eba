//! The pictures of a run: the flow of orders through its lanes, and the trace of one order.

pub(super) mod flow_layout;
pub(super) mod marks;
pub(super) mod order_trace;
