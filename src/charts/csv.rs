//! The data of a chart as a CSV file.

/// Rows of cells as comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula is
/// kept from being one by an apostrophe; numbers stay numbers.
///
/// ```
/// use waiting_line::charts::csv;
/// let rows = [vec!["users".to_owned(), "a, \"b\"".to_owned()], vec!["10".to_owned(), "=1+1".to_owned()]];
/// assert_eq!(csv(&rows), "users,\"a, \"\"b\"\"\"\r\n10,'=1+1\r\n");
/// ```
pub fn csv(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            push_cell(&mut text, cell);
        }
        text.push_str("\r\n");
    }
    text
}

fn push_cell(text: &mut String, cell: &str) {
    let is_number = cell.bytes().skip(1).all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_formula =
        cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !(cell.starts_with('-') && is_number);
    let quoted = cell.contains(['"', ',', '\r', '\n']);
    if quoted {
        text.push('"');
    }
    if is_formula {
        text.push('\'');
    }
    for letter in cell.chars() {
        if letter == '"' {
            text.push('"');
        }
        text.push(letter);
    }
    if quoted {
        text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_becomes_a_formula_and_numbers_stay_numbers() {
        let cells = ["=A1", "+1", "-cmd", "@x", "-1.5", "3.65", "plain"].map(str::to_owned);
        assert_eq!(csv(&[cells.to_vec()]), "'=A1,'+1,'-cmd,'@x,-1.5,3.65,plain\r\n");
    }

    #[test]
    fn line_ends_stay_in_their_cell() {
        assert_eq!(csv(&[vec!["a\nb".to_owned()]]), "\"a\nb\"\r\n");
    }
}
