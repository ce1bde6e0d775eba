//! The view Practise: the quiz and the progress through it.

mod progress;
mod quiz;
