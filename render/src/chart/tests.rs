#![allow(clippy::unwrap_used)]

use std::io::Write;

use super::*;

const METADATA: &str = "apiVersion: v2\nname: shop\nversion: 1.2.3\n";

/// An archive with these files, written without tar's own checks.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, data) in files {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.extend_from_slice(header.as_bytes());
        tar.extend_from_slice(data);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    gzip(&tar)
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(data).unwrap();
    gzip.finish().unwrap()
}

fn refused(archive: &[u8], version: HelmVersion) -> String {
    Chart::from_archive(archive, version).unwrap_err().to_string()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn an_archive_has_its_subcharts_as_folders_and_archives() {
    let inner = archive(&[("db/Chart.yaml", b"apiVersion: v1\nname: db\nversion: 0.1.0\n")]);
    let outer = archive(&[
        ("shop/Chart.yaml", METADATA.as_bytes()),
        ("shop/values.yaml", b"\xef\xbb\xbfa: 1\n"),
        ("shop/templates/a.yaml", b"x"),
        ("shop/charts/db-0.1.0.tgz", &inner),
        ("shop/charts/web/Chart.yaml", b"apiVersion: v2\nname: web\nversion: 0.2.0\n"),
        ("shop/charts/web/crds/a.yaml", b"kind: x\n"),
    ]);
    let chart = Chart::from_archive(&outer, HelmVersion::V4).unwrap();
    let names: Vec<_> = chart.dependencies.iter().map(|chart| chart.metadata.name.as_str()).collect();
    assert_eq!((names, &chart.values["a"]), (vec!["db", "web"], &Json::from(1.0)));
    assert_eq!(chart.templates, [File::new("templates/a.yaml", "x").try_into().unwrap()]);
    assert_eq!(chart.crds().first().unwrap().filename, "shop/charts/web/crds/a.yaml");
}

#[test]
fn archives_that_climb_out_are_refused_in_helms_words() {
    for (name, wanted) in [
        ("shop//etc/passwd", "chart illegally contains absolute paths"),
        ("shop/../../x", "chart illegally references parent directory"),
        ("shop/a/../../../x", "chart illegally references parent directory"),
        ("shop\\..\\..\\x", "chart illegally references parent directory"),
        ("shop/c:/x", "chart contains illegally named files"),
        ("x", "chart illegally contains content outside the base directory: \"x\""),
        ("Chart.yaml/x", "chart yaml not in base directory"),
    ] {
        assert_eq!(refused(&archive(&[(name, b"x")]), HelmVersion::V3), wanted, "{name}");
    }
    assert_eq!(refused(&archive(&[]), HelmVersion::V4), "no files in chart archive");
    assert_eq!(refused(b"not an archive", HelmVersion::V4), "gzip: invalid header");
}

#[test]
fn archives_that_explode_are_refused_by_their_limit() {
    let large = vec![0; 5 * 1024 * 1024 + 1];
    assert_eq!(
        refused(&archive(&[("shop/a", &large)]), HelmVersion::V3),
        "decompressed chart file \"shop/a\" is larger than the maximum file size 5242880"
    );
    let larger = vec![0; 100 * 1024 * 1024 + 1];
    assert_eq!(
        refused(&archive(&[("shop/a", &larger)]), HelmVersion::V4),
        "decompressed chart is larger than the maximum size 104857600"
    );
    let mut nested = METADATA.as_bytes().to_vec();
    for _ in 0..70 {
        nested = archive(&[("shop/Chart.yaml", METADATA.as_bytes()), ("shop/charts/a.tgz", &nested)]);
    }
    assert!(refused(&nested, HelmVersion::V4).ends_with("charts are nested deeper than the maximum of 64"));
}

#[test]
fn a_folder_is_read_without_what_helmignore_names() {
    let folder = folder(&[
        ("Chart.yaml", METADATA),
        (".helmignore", "*.md\ndocs/\n"),
        ("README.md", "x"),
        ("docs/a.txt", "x"),
        ("templates/.hidden", "x"),
        ("templates/b.yaml", "x"),
        ("templates/a/c.yaml", "x"),
        ("files/a.txt", "x"),
    ]);
    let chart = Chart::load(folder.path()).unwrap();
    let templates: Vec<_> = chart.templates.iter().map(|template| template.file.name.as_str()).collect();
    assert_eq!(templates, ["templates/a/c.yaml", "templates/b.yaml"]);
    let files: Vec<_> = chart.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files, [".helmignore", "files/a.txt"]);
}

#[test]
#[cfg(unix)]
fn a_link_is_followed_in_the_chart_and_refused_out_of_it() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret", "x")]);
    let chart = folder(&[("Chart.yaml", METADATA), ("files/a.txt", "x")]);
    symlink("a.txt", chart.path().join("files/b.txt")).unwrap();
    assert_eq!(Chart::load(chart.path()).unwrap().files.len(), 2);
    symlink(outside.path().join("secret"), chart.path().join("files/c.txt")).unwrap();
    let error = Chart::load(chart.path()).unwrap_err().to_string();
    assert!(error.contains("files/c.txt leads out of the chart: to "), "{error}");
    std::fs::remove_file(chart.path().join("files/c.txt")).unwrap();
    symlink(".", chart.path().join("files/loop")).unwrap();
    let error = Chart::load(chart.path()).unwrap_err().to_string();
    assert!(error.contains("nested deeper than the maximum of 128") || error.contains("too many"), "{error}");
}

/// The reasons are those that `helm template` gives.
#[test]
#[cfg(unix)]
fn a_link_to_nowhere_is_refused_by_the_part_that_is_missing() {
    use std::os::unix::fs::symlink;
    let cases = [
        ("../nowhere/x/y", "lstat $ROOT/nowhere: no such file or directory"),
        ("../d/../d/./gone/a", "lstat $ROOT/d/gone: no such file or directory"),
        ("../z/link/a", "lstat $ROOT/gone: no such file or directory"),
        ("/nonexistent-a/b", "lstat /nonexistent-a: no such file or directory"),
        ("../Chart.yaml/x", "not a directory"),
        ("l", "EvalSymlinks: too many links"),
    ];
    for (target, reason) in cases {
        let chart = folder(&[("Chart.yaml", METADATA), ("d/a.txt", "x"), ("templates/a.yaml", ""), ("z/b.txt", "x")]);
        let root = chart.path().canonicalize().unwrap();
        symlink(target, root.join("templates/l")).unwrap();
        symlink("../gone", root.join("z/link")).unwrap();
        let error = Chart::load(&root).unwrap_err().to_string();
        let root = root.display().to_string();
        let expected = format!("error evaluating symlink {root}/templates/l: {}", reason.replace("$ROOT", &root));
        assert_eq!(error, expected, "{target}");
    }
}

#[cfg(unix)]
#[test]
fn endless_files_are_not_read() {
    use std::os::unix::fs::symlink;
    for name in ["Chart.yaml", ".helmignore", "values.yaml"] {
        let chart = folder(&[("templates/a.yaml", "a: b")]);
        if name != "Chart.yaml" {
            std::fs::write(chart.path().join("Chart.yaml"), METADATA).unwrap();
        }
        symlink("/dev/zero", chart.path().join(name)).unwrap();
        for version in [HelmVersion::V3, HelmVersion::V4] {
            let error = Chart::load_as(chart.path(), version).unwrap_err().to_string();
            assert!(
                error.contains("leads out of the chart") || error.contains("cannot load irregular file"),
                "{error}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn links_to_folders_do_not_multiply_without_end() {
    let chart = folder(&[("Chart.yaml", METADATA), ("d0/f", "x")]);
    for level in 1..30 {
        let folder = chart.path().join(format!("d{level}"));
        std::fs::create_dir(&folder).unwrap();
        for name in ["a", "b"] {
            std::os::unix::fs::symlink(format!("../d{}", level - 1), folder.join(name)).unwrap();
        }
    }
    let error = Chart::load_as(chart.path(), HelmVersion::V4).unwrap_err();
    assert_eq!(error.to_string(), "chart has more files than the maximum of 100000");
}

#[test]
fn aliases_do_not_multiply_without_end() {
    let twice = "dependencies: [{name: shop, version: 1.2.3, alias: a}, {name: shop, version: 1.2.3, alias: b}]\n";
    let text = format!("{METADATA}{twice}");
    let paths: Vec<_> = (0..24).map(|depth| format!("{}Chart.yaml", "charts/shop/".repeat(depth))).collect();
    let files = paths.iter().map(|path| File::new(path.as_str(), if path.len() > 270 { METADATA } else { &text }));
    let chart = Chart::from_files(files).unwrap();
    let error = chart.with_dependencies(&Table::new(), HelmVersion::V4).unwrap_err();
    assert!(error.to_string().ends_with("chart has more subcharts than the maximum of 5000"), "{error}");
}

#[test]
fn aliases_do_not_multiply_what_is_in_a_chart_without_end() {
    let (aliases, nested) = (300, 300);
    let alias = |index: usize| format!("- {{name: wide, version: 1.2.3, alias: a{index}}}\n");
    let aliases: String = (0..aliases).map(alias).collect();
    let mut files = vec![File::new("Chart.yaml", format!("{METADATA}dependencies:\n{aliases}"))];
    files.push(File::new("charts/wide/Chart.yaml", METADATA.replace("shop", "wide")));
    let inner = |index: usize| format!("charts/wide/charts/n{index}/Chart.yaml");
    files.extend((0..nested).map(|index| File::new(inner(index), METADATA.replace("shop", &format!("n{index}")))));
    let chart = Chart::from_files(files).unwrap();
    for version in [HelmVersion::V3, HelmVersion::V4] {
        let error = chart.with_dependencies(&Table::new(), version).unwrap_err();
        assert!(error.to_string().ends_with("chart has more subcharts than the maximum of 5000"), "{error}");
    }
}

#[test]
fn what_is_no_chart_is_refused_in_helms_words() {
    let empty = folder(&[("values.yaml", "a: 1")]);
    let path = empty.path().display().to_string();
    for (version, wanted) in [
        (HelmVersion::V3, "Chart.yaml file is missing".to_owned()),
        (
            HelmVersion::V4,
            format!("unable to detect chart at {path}/Chart.yaml: open {path}/Chart.yaml: no such file or directory"),
        ),
    ] {
        assert_eq!(Chart::load_as(&path, version).unwrap_err().to_string(), wanted);
    }
    let error = Chart::load(empty.path().join("values.yaml")).unwrap_err().to_string();
    assert!(error.ends_with("seems to be a YAML file, but expected a gzipped archive"), "{error}");
    assert_eq!(Chart::load("/nowhere").unwrap_err().to_string(), "path \"/nowhere\" not found");
}

#[test]
fn a_chart_that_cannot_be_installed_is_refused() {
    let chart = Chart::from_files([File::new(
        "Chart.yaml",
        format!("{METADATA}dependencies:\n- {{name: a, version: 1, repository: x}}\n- {{name: b, version: 1}}\n"),
    )]);
    assert_eq!(
        chart.unwrap().check_installable(HelmVersion::V4).unwrap_err().to_string(),
        "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to \
         fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: a, b"
    );
    let library = Chart::from_files([File::new("Chart.yaml", format!("{METADATA}type: library\n"))]).unwrap();
    assert_eq!(
        library.check_installable(HelmVersion::V3).unwrap_err().to_string(),
        "library charts are not installable"
    );
}

#[test]
fn a_chart_may_be_sent_to_other_threads() {
    fn sent<T: Send + Sync>() {}
    sent::<Chart>();
}

#[test]
fn a_chart_is_parsed_once_for_each_helm_and_path() {
    let chart = Chart::from_files([
        File::new("Chart.yaml", METADATA),
        File::new("templates/a.yaml", "{{ .Release.Name }}{{ define \"b\" }}b{{ end }}"),
    ])
    .unwrap();
    let template = chart.templates.first().unwrap();
    let trees = |path, version| template.trees(path, version, &|_| false).unwrap();
    let first = trees("shop/templates/a.yaml", HelmVersion::V4);
    let copy = chart.clone();
    let again = copy.templates.first().unwrap().trees("shop/templates/a.yaml", HelmVersion::V4, &|_| false).unwrap();
    assert!(Arc::ptr_eq(&first, &again));
    let names: Vec<_> = first.iter().map(|tree| (&*tree.name, &*tree.source.name)).collect();
    assert_eq!(names, [("b", "shop/templates/a.yaml"), ("shop/templates/a.yaml", "shop/templates/a.yaml")]);
    for other in
        [trees("all/charts/shop/templates/a.yaml", HelmVersion::V4), trees("shop/templates/a.yaml", HelmVersion::V3)]
    {
        assert!(!Arc::ptr_eq(&first, &other));
    }
}

#[test]
fn a_large_crd_is_read_when_it_is_asked_for() {
    let large = "# a definition\n".repeat(10_000);
    let get = r#"a: {{ .Files.Get "crds/a.yaml" | len }}"#;
    let read = |change: fn(&std::path::Path)| {
        let files = [("Chart.yaml", METADATA), ("crds/a.yaml", &large), ("templates/a.yaml", get)];
        let folder = folder(&files);
        let chart = Chart::load(folder.path()).unwrap();
        change(&folder.path().join("crds/a.yaml"));
        let rendered = crate::Renderer::default().render(&chart, &Table::new());
        let rendered = rendered.map(|rendered| String::from_utf8(rendered.manifests[0].text.clone()).unwrap());
        (chart.crds()[0].file.data().map(|data| data.len()).map_err(|error| error.to_string()), rendered)
    };
    let (data, rendered) = read(|_| ());
    assert_eq!((data, rendered.unwrap().as_str()), (Ok(150_000), "a: 150000"));
    let (data, _) = read(|path| std::fs::remove_file(path).unwrap());
    assert_eq!(data, Ok(150_000), "it stays open");
    let (data, rendered) = read(|path| std::fs::write(path, "short").unwrap());
    assert!(data.unwrap_err().starts_with("error reading crds/a.yaml: read "));
    assert!(rendered.unwrap_err().to_string().starts_with("error reading crds/a.yaml"));
}

/// Large enough for several threads. The subchart's folder is not its name, and it has an alias besides.
#[test]
fn what_is_parsed_while_a_chart_is_read_renders_the_same() {
    let long = format!("{}kind: A\nname: {{{{ .Template.Name }}}}\n", "# {{ .Release.Name }}\n".repeat(5_000));
    let metadata = format!(
        "{METADATA}dependencies:\n- {{name: db, version: 1.0.0}}\n- {{name: db, version: 1.0.0, alias: second}}\n"
    );
    let folder = folder(&[
        ("Chart.yaml", &metadata),
        ("templates/a.yaml", &long),
        ("charts/folder/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n"),
        ("charts/folder/templates/b.yaml", &long),
    ]);
    let renderer = crate::Renderer::default();
    let output = |chart: Chart| renderer.render(&chart, &crate::Table::new()).unwrap();
    let ahead = output(renderer.load(folder.path()).unwrap());
    assert_eq!(ahead.manifests.len(), 3);
    assert_eq!(ahead, output(Chart::load(folder.path()).unwrap()));
}
