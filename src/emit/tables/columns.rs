//! A table as Parquet: a column of texts for each of its own, in which what is empty is absent, as readers of separated values
//! take it.

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::Table;
use crate::emit::Input;

/// How many rows are a group, which readers take whole.
const GROUP: usize = 1 << 17;

/// Writes it.
pub fn write(table: &Table, input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let bytes = bytes(table, &table.rows(input)).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn bytes(table: &Table, rows: &[Vec<String>]) -> Result<Vec<u8>, ParquetError> {
    let column = |name: &str| {
        let text = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
        text.with_repetition(Repetition::OPTIONAL).with_logical_type(Some(LogicalType::String)).build().map(Arc::new)
    };
    let columns = table.heads().map(column).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(table.name).with_fields(columns).build()?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    for rows in rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            let cells = || rows.iter().filter_map(|row| row.get(at));
            let said: Vec<ByteArray> =
                cells().filter(|cell| !cell.is_empty()).map(|cell| ByteArray::from(cell.as_str())).collect();
            let is_said: Vec<i16> = cells().map(|cell| i16::from(!cell.is_empty())).collect();
            column.typed::<ByteArrayType>().write_batch(&said, Some(&is_said), None)?;
            column.close()?;
            at += 1;
        }
        group.close()?;
    }
    writer.into_inner()
}
