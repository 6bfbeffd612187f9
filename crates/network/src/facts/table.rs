//! Reading a fact table.

/// A row of a table, by the names of its columns.
pub(super) struct Row {
    headers: csv::StringRecord,
    record: csv::StringRecord,
}

impl Row {
    /// The field in that column; empty if there is no such column.
    pub(super) fn get(&self, column: &str) -> &str {
        let at = self.headers.iter().position(|header| header == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    /// The parts of a field that holds several.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split(';').filter(|part| !part.is_empty())
    }

    /// The steps of a field that is a path of arguments: `vpc_config.subnet_ids`.
    pub(super) fn path(&self, column: &str) -> Vec<String> {
        self.get(column).split('.').filter(|step| !step.is_empty()).map(Into::into).collect()
    }
}

/// The rows of a table. The tables are compiled in and tests read each of them whole, so a row that cannot be read is left out here.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    reader
        .into_records()
        .filter_map(Result::ok)
        .map(move |record| Row { headers: headers.clone(), record })
}
