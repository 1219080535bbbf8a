//! serde's view of a tree: each type asks for what it needs, and is given the
//! spelling, not a guess at its meaning.
//!
//! An unknown field is told and passed over, so that the rest is still read.

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::Reading;
use super::fault::Fault;
use super::placed::PLACED;
use super::tree::{Key, Node, Value};
use crate::nearest::nearest;
use crate::revision::Table;
use crate::rule::Rule;

/// The address of a node, which names it as long as the tree stands.
pub(super) fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

/// One node, as serde reads it.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t, 's> {
    node: &'t Node,
    /// The key that it stands under; nothing for the root.
    name: &'t str,
    /// Whether it is one of a list.
    in_list: bool,
    reading: &'s Reading,
}

impl<'t, 's> Reader<'t, 's> {
    pub(super) fn root(node: &'t Node, reading: &'s Reading) -> Reader<'t, 's> {
        Reader {
            node,
            name: "",
            in_list: false,
            reading,
        }
    }

    /// Gives the fault this node's place, unless it lies deeper.
    fn here<T>(self, result: Result<T, Fault>) -> Result<T, Fault> {
        result.map_err(|fault| fault.in_node(self.node, self.name, self.in_list))
    }

    fn text(self, expected: &str) -> Result<&'t str, Fault> {
        match &self.node.value {
            Value::Text(text) => Ok(text),
            _ => self.here(Err(Fault::expected(expected))),
        }
    }

    fn whole_number<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text("a whole number")?;
        self.here(match (text.parse::<u64>(), text.parse::<i64>()) {
            (Ok(number), _) => visitor.visit_u64(number),
            (_, Ok(number)) => visitor.visit_i64(number),
            _ => Err(Fault::expected("a whole number")),
        })
    }

    /// The entries that can be read; those of a struct that it does not have
    /// are told.
    fn entries(self, fields: Option<&'static [&'static str]>) -> Result<Entries<'t, 's>, Fault> {
        let entries: &[(Key, Node)] = match &self.node.value {
            Value::Map(entries) => entries,
            Value::Nothing if self.name.is_empty() => &[],
            _ => return self.here(Err(Fault::expected("a group of fields"))),
        };
        let mut seen: Table<&str, usize> = Table::default();
        let mut readable = Vec::new();
        for (key, value) in entries {
            let name = key.text.as_str();
            if let Some(line) = seen.get(name) {
                let what = format!("`{name}` is written twice");
                let hint = format!("keep one of the two; the other is on line {line}");
                self.reading.tell(Rule::Syntax, key.place, what, Some(hint));
            } else if fields.is_some_and(|fields| !fields.contains(&name)) {
                self.unknown(key, fields.unwrap_or_default());
            } else if !self.reading.bad.borrow().contains(&address(value)) {
                readable.push((key, value));
            }
            seen.entry(name).or_insert(key.place.line);
        }
        Ok(Entries {
            entries: readable.into_iter(),
            value: None,
            parent: self,
        })
    }

    fn unknown(self, key: &Key, fields: &[&'static str]) {
        let subject = if self.name.is_empty() {
            self.reading.subject.to_owned()
        } else {
            format!("`{}`", self.name)
        };
        let all: Vec<_> = fields.iter().map(|field| format!("`{field}`")).collect();
        let near = || nearest(&key.text, fields.iter().copied());
        let hint = match (self.reading.elsewhere)(&key.text) {
            Some(elsewhere) => elsewhere.to_owned(),
            None => match near() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the fields are {}", all.join(", ")),
            },
        };
        self.reading.tell(
            Rule::UnknownField,
            key.place,
            format!("{subject} has no field `{}`", key.text),
            Some(hint),
        );
    }
}

impl<'t> Deserializer<'t> for Reader<'t, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Nothing => self.here(visitor.visit_unit()),
            Value::Text(_) => self.deserialize_str(visitor),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        let expected = "`true` or `false`";
        self.here(match self.text(expected)? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Fault::expected(expected)),
        })
    }

    fn deserialize_u32<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.whole_number(visitor)
    }

    fn deserialize_u64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.whole_number(visitor)
    }

    fn deserialize_i32<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.whole_number(visitor)
    }

    fn deserialize_i64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.whole_number(visitor)
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        // The date type's own objection is in a programmer's words.
        if std::any::type_name::<V::Value>() == "jiff::civil::date::Date" {
            let expected = "a date, such as `2017-04-01`";
            let read = visitor.visit_borrowed_str(self.text(expected)?);
            return self.here(read.map_err(|_: Fault| Fault::expected(expected)));
        }
        let text = self.text("text")?;
        self.here(visitor.visit_borrowed_str(text))
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::Nothing => visitor.visit_none(),
            _ => self.here(visitor.visit_some(self)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == PLACED {
            return self.here(visitor.visit_seq(PlaceThenValue {
                reader: self,
                given: 0,
            }));
        }
        self.here(visitor.visit_newtype_struct(self))
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::List(items) => self.here(visitor.visit_seq(Items {
                items: items.iter(),
                parent: self,
            })),
            _ => self.here(Err(Fault::expected("a list"))),
        }
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.here(visitor.visit_map(self.entries(None)?))
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.here(visitor.visit_map(self.entries(Some(fields))?))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let word: StrDeserializer<'_, Fault> = self.text("one word")?.into_deserializer();
        self.here(visitor.visit_enum(word))
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        i8 i16 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// The items of a list that can be read.
struct Items<'t, 's> {
    items: std::slice::Iter<'t, Node>,
    parent: Reader<'t, 's>,
}

impl<'t> SeqAccess<'t> for Items<'t, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let bad = |node: &&Node| self.parent.reading.bad.borrow().contains(&address(node));
        let Some(node) = self.items.find(|node| !bad(node)) else {
            return Ok(None);
        };
        let reader = Reader {
            node,
            in_list: true,
            ..self.parent
        };
        reader.here(seed.deserialize(reader)).map(Some)
    }
}

/// The entries of a map that can be read.
struct Entries<'t, 's> {
    entries: std::vec::IntoIter<(&'t Key, &'t Node)>,
    value: Option<(&'t Key, &'t Node)>,
    parent: Reader<'t, 's>,
}

impl<'t> MapAccess<'t> for Entries<'t, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.value = self.entries.next();
        let Some((key, _)) = self.value else {
            return Ok(None);
        };
        let key: BorrowedStrDeserializer<'_, Fault> = BorrowedStrDeserializer::new(&key.text);
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let (key, node) = self
            .value
            .take()
            .ok_or_else(|| Fault::custom("a value was asked for before its key"))?;
        let reader = Reader {
            node,
            name: &key.text,
            in_list: false,
            reading: self.parent.reading,
        };
        reader.here(seed.deserialize(reader))
    }
}

/// What [`super::Placed`] is read from: line, column, value.
struct PlaceThenValue<'t, 's> {
    reader: Reader<'t, 's>,
    given: u8,
}

impl<'t> SeqAccess<'t> for PlaceThenValue<'t, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let place = self.reader.node.place;
        self.given += 1;
        match self.given {
            1 => seed.deserialize(place.line.into_deserializer()),
            2 => seed.deserialize(place.column.into_deserializer()),
            _ => seed.deserialize(self.reader),
        }
        .map(Some)
    }
}
