package io.webchat.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources against the class path of this test, into a folder. */
final class Compiled {
    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(JavaSource source) {
            super(URI.create("string:///" + source.name() + Kind.SOURCE.extension), Kind.SOURCE);
            this.code = source.code();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    private Compiled() {}

    /** What javac complains of; empty where it compiles. */
    static List<String> into(Path folder, List<JavaSource> sources) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(said, Locale.ROOT, null)) {
            List<String> options =
                    List.of("-d", folder.toString(), "-classpath", System.getProperty("java.class.path"), "-proc:none");
            javac.getTask(
                            null,
                            files,
                            said,
                            options,
                            null,
                            sources.stream().map(Source::new).toList())
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return said.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> each.toString())
                .toList();
    }

    static ClassLoader loader(Path folder) {
        try {
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
