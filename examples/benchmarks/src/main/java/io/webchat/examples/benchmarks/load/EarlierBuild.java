package io.webchat.examples.benchmarks.load;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Another checkout of this repository, whose servers are put under the same load as those of this one. */
final class EarlierBuild {
    /** The system property of the driver that has the folder of the checkout. */
    static final String FOLDER = "load.earlier";

    /** From the root of a checkout to the compiled classes of the benchmarks. */
    private static final Path CLASSES = Path.of("examples", "benchmarks", "target", "classes");

    private EarlierBuild() {}

    /**
     * Returns the class path of this program with the classes of the other checkout. Libraries stay as they are.
     *
     * @throws IllegalStateException if no folder is set, or if nothing is compiled there
     */
    static String classPath() {
        String folder = System.getProperty(FOLDER);
        if (folder == null || !Files.isDirectory(Path.of(folder).resolve(CLASSES))) {
            throw new IllegalStateException("There is no earlier build in " + folder
                    + ": run ./mvnw -q test-compile -pl examples/benchmarks -am in that checkout");
        }
        return classPath(
                System.getProperty("java.class.path"),
                ownRoot(),
                Path.of(folder).toAbsolutePath());
    }

    static String classPath(String own, Path root, Path other) {
        return Arrays.stream(own.split(File.pathSeparator, -1))
                .map(Path::of)
                .map(each -> each.startsWith(root) ? other.resolve(root.relativize(each)) : each)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The root of the checkout that this program runs from. */
    static Path ownRoot() {
        try {
            Path classes = Path.of(EarlierBuild.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            // The classes lie below the root by this many names.
            Path root = classes.resolve("../".repeat(CLASSES.getNameCount())).normalize();
            if (!root.resolve(CLASSES).equals(classes)) {
                throw new IllegalStateException("the benchmarks run from " + classes + ", which is no checkout");
            }
            return root;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
