use super::*;

#[test]
fn times_read_in_the_unit_that_fits() {
    for (seconds, text) in [
        (0.0, "0 ms"),
        (8.7e-20, "0 ms"),
        (0.000_000_4, "0 ms"),
        (0.000_001, "0.001 ms"),
        (0.000_4, "0.4 ms"),
        (0.001, "1 ms"),
        (0.002_5, "2.5 ms"),
        (0.009_96, "10 ms"),
        (0.15, "150 ms"),
        (1.05, "1,050 ms"),
        (1.999_4, "1,999 ms"),
        (1.999_6, "2.00 s"),
        (2.124, "2.12 s"),
        (3.65, "3.65 s"),
        (9.996, "10.0 s"),
        (25.368, "25.4 s"),
        (250.4, "250 s"),
        (999.4, "999 s"),
        (999.6, "16.7 min"),
        (1_002.0, "16.7 min"),
        (7_199.0, "120 min"),
        (8_640.0, "2.4 h"),
        (302_400.0, "3.5 days"),
        (3.155_76e8, "10 years"),
        (1e12, "31,688 years"),
    ] {
        assert_eq!(time(Time::from_seconds(seconds)), text, "{seconds} s");
    }
}

#[test]
fn times_that_were_set_keep_their_shape() {
    for (seconds, text) in [
        (0.0, "0 ms"),
        (0.4, "400 ms"),
        (1.0, "1 s"),
        (1.5, "1.5 s"),
        (10.0, "10 s"),
        (120.0, "120 s"),
        (3_600.0, "60 min"),
    ] {
        assert_eq!(configured_time(Time::from_seconds(seconds)), text, "{seconds} s");
    }
}

#[test]
fn a_margin_has_the_digits_of_what_it_belongs_to() {
    for (value, margin, text) in [
        (1.05, 0.008_7, "1,050 ± 9 ms"),
        (4.251, 0.063, "4.25 ± 0.06 s"),
        (25.37, 0.412, "25.4 ± 0.4 s"),
        (25.37, 0.012, "25.4 ± 0.01 s"),
        (0.004, 0.000_02, "4 ± 0.02 ms"),
        (1_002.0, 30.0, "16.7 ± 0.5 min"),
        (2.0, 0.0, "2.00 ± 0 s"),
    ] {
        assert_eq!(time_with_margin(Time::from_seconds(value), Time::from_seconds(margin)), text);
    }
}

#[test]
fn times_are_spoken_in_full() {
    for (seconds, text) in [
        (0.001, "1 millisecond"),
        (0.4, "400 milliseconds"),
        (2.124, "2.12 seconds"),
        (1_002.0, "16.7 minutes"),
        (8_640.0, "2.4 hours"),
    ] {
        assert_eq!(spoken_time(Time::from_seconds(seconds)), text);
    }
}

#[test]
fn rates_keep_one_decimal_and_fine_ones_four_digits() {
    for (per_second, text, precise, configured) in [
        (0.0, "0.0", "0.0", "0"),
        (0.05, "0.05", "0.05", "0.05"),
        (0.99, "1.0", "0.99", "0.99"),
        (2.009, "2.0", "2.009", "2.009"),
        (18.963, "19.0", "18.96", "18.96"),
        (24.0, "24.0", "24.0", "24"),
        (32.009, "32.0", "32.01", "32.01"),
        (190.476, "190.5", "190.5", "190.5"),
        (999.96, "1,000", "1,000", "1,000"),
        (1_234.4, "1,234", "1,234", "1,234"),
        (1_200_000.0, "1.2 M", "1.2 M", "1.2 M"),
        (1e15, "1,000 T", "1,000 T", "1,000 T"),
    ] {
        let value = Rate::per_second(per_second);
        let texts = (rate(value), precise_rate(value), configured_rate(value));
        assert_eq!(texts, (text.to_owned(), precise.to_owned(), configured.to_owned()), "{per_second}");
    }
}

#[test]
fn counts_are_grouped_and_compacted() {
    for (number, text) in [(0, "0"), (999, "999"), (1_200, "1,200"), (100_000_000, "100,000,000")] {
        assert_eq!(count(number), text);
    }
    for (number, text) in [
        (0.0, "0"),
        (0.25, "0.25"),
        (10.0, "10"),
        (2_000.0, "2,000"),
        (9_999.6, "10 k"),
        (10_000.0, "10 k"),
        (12_345.0, "12.3 k"),
        (999_499.0, "999 k"),
        (999_600.0, "1 M"),
        (1e6, "1 M"),
        (1e8, "100 M"),
        (1e10, "10 G"),
    ] {
        assert_eq!(compact(number), text, "{number}");
    }
    for (mean, text) in [(0.0, "0"), (57.142, "57.1"), (99.97, "100"), (2e6, "2 M")] {
        assert_eq!(mean_count(mean), text);
    }
}

#[test]
fn a_share_short_of_everything_is_never_shown_as_everything() {
    for (share, text) in [
        (0.0, "0 %"),
        (1.5e-12, "< 0.001 %"),
        (0.000_02, "0.002 %"),
        (0.004, "0.4 %"),
        (0.055, "5.5 %"),
        (0.0997, "10 %"),
        (0.764, "76 %"),
        (0.992, "99.2 %"),
        (0.999_99, "99.9 %"),
        (1.0, "100 %"),
        (12.5, "1,250 %"),
    ] {
        assert_eq!(percent(share), text, "{share}");
    }
}

#[test]
fn significant_digits_survive_rounding_up() {
    for (number, digits, text) in [
        (9.996, 3, "10.0"),
        (99.96, 3, "100"),
        (0.099_96, 3, "0.100"),
        (57.142_857, 3, "57.1"),
        (1_234_567.0, 3, "1.23 M"),
        (12_345.0, 3, "12,300"),
        (f64::NAN, 3, "0"),
        (f64::INFINITY, 3, "0"),
    ] {
        assert_eq!(significant(number, digits), text, "{number}");
    }
}
