//! What objects and images are called.

use super::System;
use super::component::Component;
use super::ways_in::service_port;
use crate::values::OtherImage;

/// So that the longest name, with `-thoughts-database` at its end, is still a DNS label.
const LONGEST_FULLNAME: usize = 34;

impl System<'_> {
    /// The application's name in labels.
    pub(super) fn app(&self) -> &str {
        or(&self.values.name_override, &self.release.chart)
    }

    /// How the names of objects begin: as names of Services must, with a letter and without dots.
    pub(super) fn fullname(&self) -> String {
        let (app, release) = (self.app(), &self.release.name);
        let own = if release.contains(app) { release.clone() } else { format!("{release}-{app}") };
        let mut name = or(&self.values.fullname_override, &own).replace('.', "-");
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert(0, 'r');
        }
        name.truncate(name.floor_char_boundary(LONGEST_FULLNAME));
        name.trim_end_matches('-').to_owned()
    }

    /// Name of a component's objects.
    pub(super) fn name(&self, component: &Component) -> String {
        or(component.fullname_override, &format!("{}-{}", self.fullname(), component.name)).to_owned()
    }

    /// Name of a component's Service.
    pub(super) fn service_name(&self, component: &Component) -> String {
        or(&component.service.name_override, &self.name(component)).to_owned()
    }

    /// Where the other services reach a component.
    pub(super) fn url(&self, component: &Component) -> String {
        format!("http://{}:{}", self.service_name(component), service_port(component))
    }

    /// Name of the objects of a backend's database.
    pub(super) fn database_name(&self, component: &Component) -> String {
        format!("{}-database", self.name(component))
    }

    /// The image of a service.
    pub(super) fn component_image(&self, component: &Component) -> String {
        self.service_image(component, &component.image.tag, &component.image.digest)
    }

    /// A version of a service's image.
    pub(super) fn service_image(&self, component: &Component, tag: &str, digest: &str) -> String {
        let shared = &self.values.image;
        let tag = or(tag, or(&shared.tag, &self.release.app_version));
        let end = if component.debug { "-debug" } else { "" };
        reference(&shared.registry, &format!("{}{end}", component.image.repository), tag, digest)
    }
}

/// The reference of an image of others.
pub(super) fn other_image(image: &OtherImage) -> String {
    reference(&image.registry, &image.repository, &image.tag, &image.digest)
}

fn reference(registry: &str, repository: &str, tag: &str, digest: &str) -> String {
    let slash = if registry.is_empty() { "" } else { "/" };
    let version = if digest.is_empty() { format!(":{tag}") } else { format!("@{digest}") };
    format!("{registry}{slash}{repository}{version}")
}

/// The first that is not empty.
pub(super) fn or<'a>(value: &'a str, default: &'a str) -> &'a str {
    if value.is_empty() { default } else { value }
}
