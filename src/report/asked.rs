//! What is asked of the leads beside their scores: the outcome, amounts, dates, what to split by.
//!
//! Each is over columns of the leads file. Those that the model does not declare are added to it as fields, typed by how
//! they are used.

use crate::model::{
    AnyExpr, Condition, ConditionKind, DateExpr, Field, FieldId, FieldKind, ListExpr, LookupTable, Model, NumberExpr,
    Symbol, TextExpr, Type, Usage, YesNoExpr,
};
use crate::plan;
use crate::run::Unfit;
use crate::run::condition::{self, WrongCondition};
use crate::source::{FileId, Sources, Span};
use crate::syntax::tree::walk::{Walk, walk};
use crate::syntax::tree::{Expr, ExprKind};
use crate::value::fold_name;

/// As the command line has them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes<'a> {
    /// `Converted is 1`
    pub outcome: Option<&'a str>,
    pub amount: Option<&'a str>,
    pub created: Option<&'a str>,
    pub closed: Option<&'a str>,
    pub by: Option<&'a str>,
    pub as_of_field: Option<&'a str>,
}

/// The model to run, and what to work out for each lead.
#[derive(Debug, Clone)]
pub struct Asked {
    /// With the columns that are read beside its own fields.
    pub model: Model,
    /// What [`Places`] count.
    pub values: Vec<AnyExpr>,
    pub places: Places,
    /// The date of each lead as of which it is scored.
    pub as_of: Option<DateExpr>,
    /// What the values need of the data.
    pub usage: Usage,
    /// Columns that the model does not declare: each as it is asked for.
    pub columns: Vec<String>,
    /// Fields of the outcome that rules read, too.
    pub read_by_rules: Vec<String>,
}

/// Where the values stand among those kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    pub outcome: Option<usize>,
    pub amount: Option<usize>,
    pub created: Option<usize>,
    pub closed: Option<usize>,
    pub by: Option<usize>,
}

/// Why something can't be asked.
#[derive(Debug)]
pub enum NotAsked {
    /// The outcome is no condition over the leads.
    Condition(WrongCondition),
    Unfit(Unfit),
}

impl From<Unfit> for NotAsked {
    fn from(unfit: Unfit) -> NotAsked {
        NotAsked::Unfit(unfit)
    }
}

/// More undeclared columns in one outcome are not looked for.
const MOST_COLUMNS: usize = 4;

/// Text first: `stage is known` holds whatever the cell says.
fn kinds() -> [FieldKind; 5] {
    [
        FieldKind::Text,
        FieldKind::YesNo { words: None },
        FieldKind::Number { from: None, to: None, format: None },
        FieldKind::Date { format: None, unit: None },
        FieldKind::ListOfText,
    ]
}

impl Asked {
    /// What the wishes mean with a model.
    ///
    /// # Errors
    /// [`NotAsked`]: a name of something that has no such value, an outcome that is no condition.
    pub fn new(model: &Model, wishes: &Wishes<'_>) -> Result<Asked, NotAsked> {
        let mut asked = Asked {
            model: model.clone(),
            values: Vec::new(),
            places: Places::default(),
            as_of: None,
            usage: Usage::default(),
            columns: Vec::new(),
            read_by_rules: Vec::new(),
        };
        if let Some(text) = wishes.outcome {
            asked.outcome(text)?;
        }
        let number = FieldKind::Number { from: None, to: None, format: None };
        let date = FieldKind::Date { format: None, unit: None };
        if let Some(name) = wishes.amount {
            asked.places.amount = Some(asked.value("--amount", name, &number, "a number")?);
        }
        if let Some(name) = wishes.created {
            asked.places.created = Some(asked.value("--created", name, &date, "a date")?);
        }
        if let Some(name) = wishes.closed {
            asked.places.closed = Some(asked.value("--closed", name, &date, "a date")?);
        }
        if let Some(name) = wishes.by {
            asked.places.by = Some(asked.split(name)?);
        }
        if let Some(name) = wishes.as_of_field {
            match asked.named("--as-of-field", name, &date)? {
                AnyExpr::Date(date) => asked.as_of = Some(date),
                _ => return Err(not_of_kind("--as-of-field", name, "a date").into()),
            }
        }
        Ok(asked)
    }

    /// For the plan.
    pub fn for_plan(&self) -> plan::Asked {
        plan::Asked { only: None, kept: self.values.clone(), rules: true }
    }

    fn outcome(&mut self, text: &str) -> Result<(), NotAsked> {
        let (condition, usage) = self.read(text).map_err(NotAsked::Condition)?;
        let scored = &self.model.usage.fields;
        let key = self.model.lead.key;
        let both = usage.fields.iter().filter(|field| scored.contains(field) && Some(**field) != key);
        let name = |field: &FieldId| self.model.lead.fields.get(field.index()).map(|field| field.name.clone());
        self.read_by_rules = both.filter_map(name).collect();
        crate::run::add_usage(&mut self.usage, usage);
        self.places.outcome = Some(self.keep(AnyExpr::Condition(condition)));
        Ok(())
    }

    /// The outcome, with columns that the model does not declare in the first types that fit.
    fn read(&mut self, text: &str) -> Result<(Condition, Usage), WrongCondition> {
        let plain = match condition::read(&self.model, "--outcome", text) {
            Ok(read) => return Ok(read),
            Err(wrong) => wrong,
        };
        let names: Vec<String> = names_in(text)
            .into_iter()
            .filter(|name| !self.model.names.contains_key(&fold_name(name)))
            .take(MOST_COLUMNS)
            .collect();
        if names.is_empty() {
            return Err(plain);
        }
        let kinds = kinds();
        for choice in 0..kinds.len().pow(names.len() as u32) {
            let mut model = self.model.clone();
            let mut rest = choice;
            for name in &names {
                let kind = kinds.get(rest % kinds.len()).cloned().unwrap_or(FieldKind::Text);
                rest /= kinds.len();
                add_field(&mut model, name, kind);
            }
            if let Ok(read) = condition::read(&model, "--outcome", text) {
                self.model = model;
                self.columns.extend(names);
                return Ok(read);
            }
        }
        Err(plain)
    }

    fn keep(&mut self, value: AnyExpr) -> usize {
        self.values.push(value);
        self.values.len() - 1
    }

    /// A value of one kind.
    fn value(&mut self, flag: &str, name: &str, kind: &FieldKind, what: &str) -> Result<usize, Unfit> {
        let value = self.named(flag, name, kind)?;
        let fits = match kind.type_of() {
            Type::Number => matches!(value, AnyExpr::Number(_)),
            _ => matches!(value, AnyExpr::Date(_)),
        };
        if fits { Ok(self.keep(value)) } else { Err(not_of_kind(flag, name, what)) }
    }

    fn split(&mut self, name: &str) -> Result<usize, Unfit> {
        match self.named("--by", name, &FieldKind::Text)? {
            AnyExpr::List(_) => {
                Err(Unfit::new(format!("`--by {name}`: `{name}` may have several values for one lead"))
                    .help("name a column with one value a lead"))
            }
            value => Ok(self.keep(value)),
        }
    }

    /// What a name stands for: a field, a define or a lookup; else a column of the leads file.
    fn named(&mut self, flag: &str, name: &str, kind: &FieldKind) -> Result<AnyExpr, Unfit> {
        let symbol = self.model.names.get(&fold_name(name)).copied();
        let span = Span::default();
        Ok(match symbol {
            None => {
                let field = add_field(&mut self.model, name, kind.clone());
                self.columns.push(name.to_owned());
                self.field(field, kind)
            }
            Some(Symbol::Field(id)) => {
                let kind = self.model.lead.fields.get(id.index()).map(|field| field.kind.clone());
                self.field(id, &kind.unwrap_or(FieldKind::Text))
            }
            Some(Symbol::Define(id)) => {
                self.usage.defines.insert(id);
                match self.model.defines.get(id.index()).map(|define| &define.value) {
                    Some(AnyExpr::Condition(_)) => {
                        AnyExpr::Condition(Condition { kind: ConditionKind::Define(id), span })
                    }
                    Some(AnyExpr::Number(_)) => AnyExpr::Number(NumberExpr::Define(id)),
                    Some(AnyExpr::Date(_)) => AnyExpr::Date(DateExpr::Define(id)),
                    Some(AnyExpr::YesNo(_)) => AnyExpr::YesNo(YesNoExpr::Define(id)),
                    Some(AnyExpr::List(_)) => AnyExpr::List(ListExpr::Define(id)),
                    Some(AnyExpr::Text(_)) | None => AnyExpr::Text(TextExpr::Define(id)),
                }
            }
            Some(Symbol::Lookup(id)) => match self.model.lookups.get(id.index()).map(|lookup| &lookup.table) {
                Some(LookupTable::Number(_)) => AnyExpr::Number(NumberExpr::Lookup(id)),
                Some(LookupTable::Text(_)) | None => AnyExpr::Text(TextExpr::Lookup(id)),
            },
            Some(Symbol::List(_) | Symbol::Score(_) | Symbol::Matrix(_) | Symbol::Threshold(_)) => {
                return Err(Unfit::new(format!("`{flag} {name}`: `{name}` is no column of the leads"))
                    .help("name a column of the leads file, a define or a lookup"));
            }
        })
    }

    fn field(&mut self, id: FieldId, kind: &FieldKind) -> AnyExpr {
        self.usage.fields.insert(id);
        match kind.type_of() {
            Type::Number => AnyExpr::Number(NumberExpr::Field(id)),
            Type::Date => AnyExpr::Date(DateExpr::Field(id)),
            Type::YesNo | Type::Condition => AnyExpr::YesNo(YesNoExpr::Field(id)),
            Type::List => AnyExpr::List(ListExpr::Field(id)),
            Type::Text => AnyExpr::Text(TextExpr::Field(id)),
        }
    }
}

fn not_of_kind(flag: &str, name: &str, what: &str) -> Unfit {
    Unfit::new(format!("`{flag} {name}`: `{name}` is not {what}")).help(format!("name a column that holds {what}"))
}

fn add_field(model: &mut Model, name: &str, kind: FieldKind) -> FieldId {
    let id = FieldId(model.lead.fields.len() as u32);
    model.lead.fields.push(Field {
        name: name.to_owned(),
        kind,
        required: false,
        column: name.to_owned(),
        span: Span::default(),
    });
    model.names.insert(fold_name(name), Symbol::Field(id));
    id
}

/// What is named in an expression, each name once.
fn names_in(text: &str) -> Vec<String> {
    #[derive(Default)]
    struct Names(Vec<String>);
    impl Walk for Names {
        fn expr(&mut self, expr: &Expr) {
            if let ExprKind::Name(name) | ExprKind::LeadName(name) = &expr.kind
                && !self.0.contains(&name.text)
            {
                self.0.push(name.text.clone());
            }
        }
    }
    let mut sources = Sources::default();
    sources.add("--outcome", format!("define outcome = {text}\n"));
    let (mut file, _) = crate::syntax::parse(&sources, FileId(0));
    let mut names = Names::default();
    walk(&mut file, &mut names);
    names.0
}
