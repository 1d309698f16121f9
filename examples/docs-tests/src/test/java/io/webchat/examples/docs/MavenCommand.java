package io.webchat.examples.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what is wrong with a Maven command that a page tells to give: modules, profiles, goals and properties. */
final class MavenCommand {
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");
    private static final Set<String> GOALS = Set.of(
            "clean",
            "compile",
            "test-compile",
            "test",
            "package",
            "verify",
            "install",
            "exec:java",
            "spotless:apply",
            "javadoc:aggregate");
    private static final Set<String> FLAGS = Set.of("-q", "-am", "-o");
    private static final Set<String> PROPERTIES = Set.of(
            "docs.update",
            "exec.args",
            "exec.mainClass",
            "faults.minutes",
            "faults.only",
            "faults.seed",
            "groups",
            "maven.repo.local",
            "maven.test.skip.exec",
            "run",
            "skipTests",
            "surefire.failIfNoSpecifiedTests",
            "test");

    private final Poms poms;

    MavenCommand(Poms poms) {
        this.poms = poms;
    }

    List<String> faults(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command.replaceFirst("\\s+#.*", ""));
        while (word.find()) {
            words.add(word.group());
        }
        List<String> faults = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equals("-pl")) {
                i++;
                modules(words.get(i), faults);
            } else {
                option(words.get(i), faults);
            }
        }
        return faults;
    }

    private void modules(String list, List<String> faults) {
        for (String module : list.split(",", -1)) {
            if (!poms.modules.contains(module)) {
                faults.add("no module " + module);
            }
        }
    }

    private void option(String word, List<String> faults) {
        if (word.startsWith("-P")) {
            if (!poms.profiles.contains(word.substring(2))) {
                faults.add("no profile " + word.substring(2));
            }
        } else if (word.startsWith("-D")) {
            if (!PROPERTIES.contains(word.substring(2).split("=", 2)[0])) {
                faults.add("no property known as " + word);
            }
        } else if (!FLAGS.contains(word) && !GOALS.contains(word)) {
            faults.add("no goal or option known as " + word);
        }
    }
}
