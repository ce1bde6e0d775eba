//! Exact solvers for models that the theory only approximates: slow, and for tests only.

/// Returns the mean response time of one server with two balanced exponential phases of service (mean
/// `service`, squared coefficient of variation `squared`) and a closed population of users with exponential
/// think time. It solves the Markov chain's balance equations, level by level.
///
/// With x the probabilities of the two phases at each level, a cut between levels and one balance per level
/// give a recursion from the full system downwards in positive terms only.
pub(super) fn closed_spiky_response(users: u32, think_time: f64, service: f64, squared: f64) -> f64 {
    let often = f64::midpoint(1.0, ((squared - 1.0) / (squared + 1.0)).sqrt());
    let (p, q) = (often, 1.0 - often);
    let (m1, m2) = (2.0 * p / service, 2.0 * q / service);
    // Eliminate the levels from the top: at level n, x_n = T_n x_(n-1), with T_n a positive 2 × 2 matrix.
    let n_users = f64::from(users);
    let mut t = [[0.0; 2]; 2];
    let mut matrices = Vec::new();
    for level in (1..=users).rev() {
        let up = (n_users - f64::from(level)) / think_time;
        let up_below = (n_users - f64::from(level) + 1.0) / think_time;
        // Departures from level + 1 come back to phase 1 with p and to phase 2 with q.
        let out = [m1 * t[0][0] + m2 * t[1][0], m1 * t[0][1] + m2 * t[1][1]];
        let a = [[up + m1 - p * out[0], -p * out[1]], [-q * out[0], up + m2 - q * out[1]]];
        let det = a[0][0] * a[1][1] - a[0][1] * a[1][0];
        t = [
            [a[1][1] / det * up_below, -a[0][1] / det * up_below],
            [-a[1][0] / det * up_below, a[0][0] / det * up_below],
        ];
        matrices.push(t);
    }
    matrices.reverse();
    // Level 1 is fed from the empty system, in the proportion p to q.
    let mut x = [p, q];
    let (mut inside, mut served) = (0.0, 0.0);
    for (index, t) in matrices.iter().enumerate() {
        x = [t[0][0] * x[0] + t[0][1] * x[1], t[1][0] * x[0] + t[1][1] * x[1]];
        let level = index as f64 + 1.0;
        inside += level * (x[0] + x[1]);
        served += m1 * x[0] + m2 * x[1];
    }
    // By Little's law, in which the normalization cancels.
    inside / served
}

/// Returns the mean number in an M/M/c station at each of the times, where the arrival rate changes: the
/// Markov chain's transient solution by uniformization, cut off at `most` orders. It starts from the steady
/// state of the first rate.
pub(super) fn transient_mean(
    servers: f64,
    service: f64,
    rates: &[(f64, f64)],
    moments: &[f64],
    most: usize,
) -> Vec<f64> {
    let mut p = vec![0.0; most + 1];
    p[0] = 1.0;
    for n in 1..=most {
        p[n] = p[n - 1] * rates[0].1 * service / (n as f64).min(servers);
    }
    let total: f64 = p.iter().sum();
    for share in &mut p {
        *share /= total;
    }
    let largest = rates.iter().map(|(_, rate)| *rate).fold(0.0, f64::max) + servers / service;
    let mut now = 0.0;
    let mut means = Vec::new();
    for &moment in moments {
        while now < moment {
            let (_, rate) = *rates.iter().rev().find(|(from, _)| *from <= now).unwrap();
            let change =
                rates.iter().map(|(from, _)| *from).filter(|from| *from > now).fold(moment, f64::min);
            p = uniformized(&p, rate, servers, service, largest, change.min(moment) - now);
            now = change.min(moment);
        }
        means.push(p.iter().enumerate().map(|(n, share)| n as f64 * share).sum());
    }
    means
}

fn uniformized(p: &[f64], rate: f64, servers: f64, service: f64, largest: f64, seconds: f64) -> Vec<f64> {
    let jumps = largest * seconds;
    let most_jumps = (jumps + 9.0 * jumps.sqrt() + 30.0) as usize;
    let peak = jumps.floor();
    // Poisson weights relative to their peak; normalized at the end.
    let mut weight = 1.0;
    let mut weights = vec![0.0; most_jumps + 1];
    let start = peak as usize;
    weights[start] = 1.0;
    for k in (0..start).rev() {
        weight *= (k as f64 + 1.0) / jumps;
        weights[k] = weight;
    }
    weight = 1.0;
    for (k, here) in weights.iter_mut().enumerate().skip(start + 1) {
        weight *= jumps / k as f64;
        *here = weight;
    }
    let all: f64 = weights.iter().sum();
    let top = p.len() - 1;
    let mut vector = p.to_vec();
    let mut next = vec![0.0; p.len()];
    let mut result = vec![0.0; p.len()];
    for here in weights {
        if here > 1e-18 {
            result.iter_mut().zip(&vector).for_each(|(sum, share)| *sum += here / all * share);
        }
        for n in 0..=top {
            let up = if n < top { rate } else { 0.0 };
            let down = (n as f64).min(servers) / service;
            let from_below = if n > 0 { vector[n - 1] * rate } else { 0.0 };
            let from_above =
                if n < top { vector[n + 1] * (n as f64 + 1.0).min(servers) / service } else { 0.0 };
            next[n] = vector[n] + (from_below + from_above - (up + down) * vector[n]) / largest;
        }
        std::mem::swap(&mut vector, &mut next);
    }
    result
}

/// Returns the share of responses of one server that take longer than each time, for Poisson arrivals and any
/// service: the renewal equation of the wait on a grid of `step`, where `beyond(t)` is the share of services
/// longer than `t`.
pub(super) fn single_server_tail(
    rate: f64,
    mean: f64,
    beyond: impl Fn(f64) -> f64,
    step: f64,
    points: usize,
) -> Vec<f64> {
    let busy = rate * mean;
    // The wait is a geometric number of residual services, by cells of the grid.
    let residual: Vec<f64> = (0..points).map(|i| beyond((i as f64 + 0.5) * step) * step / mean).collect();
    let mut wait = vec![0.0; points];
    for i in 0..points {
        let start = if i == 0 { 1.0 - busy } else { 0.0 };
        let sum: f64 = (0..i).map(|j| residual[i - j] * wait[j]).sum();
        wait[i] = (start + busy * sum) / (1.0 - busy * residual[0]);
    }
    let service: Vec<f64> =
        (0..points).map(|i| beyond(i as f64 * step) - beyond((i as f64 + 1.0) * step)).collect();
    let mut tail = Vec::with_capacity(points);
    let mut below = 0.0;
    for i in 0..points {
        below += (0..=i).map(|j| service[i - j] * wait[j]).sum::<f64>();
        tail.push(1.0 - below);
    }
    tail
}

/// Returns the quantiles of the response of a chain of independent M/M/c stations: each station a wait with
/// some probability and then a service, as phases of a Markov chain, followed in small steps of fourth order.
/// `stations` has each one's probability to wait, the rate at which that wait ends, and the rate of service.
pub(super) fn chain_quantiles(stations: &[(f64, f64, f64)], shares: &[f64]) -> Vec<f64> {
    let enter = |next: &mut [f64], station: usize, flow: f64| {
        if let Some((waits, _, _)) = stations.get(station) {
            next[2 * station] += flow * waits;
            next[2 * station + 1] += flow * (1.0 - waits);
        }
    };
    let change = |phases: &[f64]| {
        let mut change = vec![0.0; phases.len()];
        for (station, (_, wait_rate, service_rate)) in stations.iter().enumerate() {
            let (begun, done) = (phases[2 * station] * wait_rate, phases[2 * station + 1] * service_rate);
            change[2 * station] -= begun;
            change[2 * station + 1] += begun - done;
            enter(&mut change, station + 1, done);
        }
        change
    };
    let plus = |phases: &[f64], change: &[f64], step: f64| -> Vec<f64> {
        phases.iter().zip(change).map(|(phase, change)| phase + step * change).collect()
    };
    let mut phases = vec![0.0; 2 * stations.len()];
    enter(&mut phases, 0, 1.0);
    let step = 1e-4;
    let (mut time, mut quantiles) = (0.0, Vec::new());
    while quantiles.len() < shares.len() {
        let before: f64 = phases.iter().sum();
        let k1 = change(&phases);
        let k2 = change(&plus(&phases, &k1, step / 2.0));
        let k3 = change(&plus(&phases, &k2, step / 2.0));
        let k4 = change(&plus(&phases, &k3, step));
        for (k, phase) in phases.iter_mut().enumerate() {
            *phase += step / 6.0 * (k1[k] + 2.0 * (k2[k] + k3[k]) + k4[k]);
        }
        let after: f64 = phases.iter().sum();
        let wanted = 1.0 - shares[quantiles.len()];
        if after <= wanted {
            quantiles.push(time + step * (before - wanted) / (before - after));
        }
        time += step;
    }
    quantiles
}
