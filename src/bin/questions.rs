//! Writes the file of questions that the site carries: run where the model has the time to compute them.

use waiting_line::lessons::questions;
use waiting_line::session::question_file;

fn main() {
    print!("{}", question_file::write(questions()));
}
