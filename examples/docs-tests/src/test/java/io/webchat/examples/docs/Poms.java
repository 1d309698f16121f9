package io.webchat.examples.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the POMs of this repository say. */
final class Poms {
    /** The folders that hold a POM, {@code .} for the root. */
    final Set<String> modules = new HashSet<>();
    /** The ids of all profiles. */
    final Set<String> profiles = new HashSet<>();
    /** Artifact ids with their versions: those of this project, and those that the root POM manages. */
    final Map<String, String> versions = new HashMap<>();
    /** The plugins of the root POM with their versions. */
    final Map<String, String> plugins = new HashMap<>();

    Poms() {
        try (Stream<Path> files = Files.walk(Page.ROOT, 3)) {
            for (Path pom : files.filter(
                            file -> file.endsWith("pom.xml") && !file.toString().contains("target"))
                    .toList()) {
                read(pom);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path pom) throws IOException {
        String folder = Page.ROOT.relativize(pom.getParent()).toString();
        modules.add(folder.isEmpty() ? "." : folder);
        Document document;
        try (InputStream in = Files.newInputStream(pom)) {
            document = parse(new InputSource(in));
        }
        elements(document, "profile").forEach(profile -> profiles.add(child(profile, "id")));
        if (folder.isEmpty()) {
            String own = child(document.getDocumentElement(), "version");
            Map<String, String> properties = properties(document);
            properties.put("project.version", own);
            versions.put("webchat-bom", own);
            // JUnit's come from its BOM.
            versions.put("junit-jupiter", properties.getOrDefault("junit.version", ""));
            String boot = properties.getOrDefault("spring-boot.version", "");
            versions.putAll(Map.of("spring-boot-dependencies", boot, "spring-boot-starter", boot));
            elements(document, "plugin").stream()
                    .filter(each -> !child(each, "version").isEmpty())
                    .forEach(each -> plugins.put(child(each, "artifactId"), child(each, "version")));
            elements(document, "dependency")
                    .forEach(each ->
                            versions.put(child(each, "artifactId"), resolved(child(each, "version"), properties)));
        }
    }

    /** The properties at the head of a POM. */
    static Map<String, String> properties(Path pom) throws IOException {
        try (InputStream in = Files.newInputStream(pom)) {
            return properties(parse(new InputSource(in)));
        }
    }

    private static Map<String, String> properties(Document document) {
        Map<String, String> properties = new HashMap<>();
        NodeList all = elements(document, "properties").get(0).getChildNodes();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element property) {
                properties.put(property.getTagName(), property.getTextContent());
            }
        }
        return properties;
    }

    private static String resolved(String version, Map<String, String> properties) {
        return version.startsWith("${")
                ? properties.getOrDefault(version.substring(2, version.length() - 1), version)
                : version;
    }

    static Document parse(InputSource source) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    static Document parse(String xml) throws IOException {
        return parse(new InputSource(new StringReader(xml)));
    }

    static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The text of a direct child; empty where there is none. */
    static String child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }
}
