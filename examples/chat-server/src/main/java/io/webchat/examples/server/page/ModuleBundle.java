package io.webchat.examples.server.page;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One script made of ES modules: each becomes a function that is called once, after those that it imports. It knows the
 * forms of import and export that the page's own modules have, and refuses any other. A module that a call imports
 * stays a file of its own, to be loaded when it is needed.
 */
final class ModuleBundle {
    private static final String PACKAGES = "js/";
    private static final Pattern IMPORT = Pattern.compile("^import \\{([^}]*)\\} from '([^']+)';$", Pattern.MULTILINE);
    private static final Pattern REEXPORT =
            Pattern.compile("^export \\{([^}]*)\\} from '([^']+)';$", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export (?=(?:async function|function|class|const) (\\w+))", Pattern.MULTILINE);
    private static final Pattern UNKNOWN = Pattern.compile("^(import|export)\\b.*", Pattern.MULTILINE);
    private static final Pattern LATER = Pattern.compile("\\bimport\\('([^']+)'\\)");
    private static final Pattern RENAMED = Pattern.compile("\\b(\\w+) as (\\w+)\\b");

    private final UnaryOperator<String> sources;
    private final UnaryOperator<String> later;
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final StringBuilder script = new StringBuilder();

    /**
     * A bundle of these modules.
     *
     * @param sources gives the text of the module with a path, such as {@code js/main.js}
     * @param later gives the address, relative to the script, of the module with a path that is loaded later
     */
    ModuleBundle(UnaryOperator<String> sources, UnaryOperator<String> later) {
        this.sources = sources;
        this.later = later;
    }

    /**
     * The script of a module, whose last lines are the module's own.
     *
     * @throws IllegalStateException when a module has a form that is not known, or needs itself
     */
    String of(String main) {
        String own = body(main, new StringBuilder());
        return script + own;
    }

    /** The name of the object with the exports of a module, which is added to the script unless it is there. */
    private String add(String path) {
        check(!underWay.contains(path), path, "the module needs itself");
        String known = names.get(path);
        if (known != null) {
            return known;
        }
        underWay.add(path);
        StringBuilder exports = new StringBuilder();
        String body = body(path, exports);
        underWay.remove(path);
        String name = "$" + (names.size() + 1);
        names.put(path, name);
        script.append("const ").append(name).append(" = (() => {\n").append(body);
        script.append("return {").append(exports).append(" };\n})();\n");
        return name;
    }

    /** The text of a module without its imports and exports; the names of the latter are appended. */
    private String body(String path, StringBuilder exports) {
        String imported = IMPORT.matcher(sources.apply(path)).replaceAll(found -> taking(path, found));
        String reexported = REEXPORT.matcher(imported).replaceAll(found -> reexport(path, found, exports));
        String body = EXPORT.matcher(reexported).replaceAll(found -> {
            exports.append(' ').append(found.group(1)).append(',');
            return "";
        });
        Matcher unknown = UNKNOWN.matcher(body);
        check(!unknown.find(), path, "a form that is not known");
        return LATER.matcher(body).replaceAll(found -> loading(path, found)) + "\n";
    }

    private String reexport(String path, MatchResult found, StringBuilder exports) {
        exports.append(RENAMED.matcher(found.group(1).strip()).replaceAll("$2")).append(',');
        return taking(path, found);
    }

    private String loading(String path, MatchResult found) {
        return Matcher.quoteReplacement("import('" + later.apply(resolve(path, found.group(1))) + "')");
    }

    private String taking(String path, MatchResult found) {
        String taken = RENAMED.matcher(found.group(1)).replaceAll("$1: $2");
        return Matcher.quoteReplacement("const {" + taken + "} = " + add(resolve(path, found.group(2))) + ";");
    }

    /** A name without a path is that of a package, which has a folder of its own. */
    private static String resolve(String path, String imported) {
        return imported.startsWith(".")
                ? URI.create(path).resolve(imported).toString()
                : PACKAGES + imported + "/index.js";
    }

    private static void check(boolean holds, String path, String fault) {
        if (!holds) {
            throw new IllegalStateException(path + ": " + fault);
        }
    }
}
