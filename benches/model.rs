//! Benchmarks of the theory, native.

use criterion::{Criterion, criterion_group, criterion_main};

#[path = "cases/model.rs"]
mod cases;

fn model(criterion: &mut Criterion) {
    for (name, once) in cases::cases() {
        criterion.bench_function(name, |bencher| bencher.iter(&once));
    }
}

criterion_group!(benches, model);
criterion_main!(benches);
