package io.webchat.examples.server.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;

/** The service worker, with what it has to keep: the files of one version of the page, and a hash of each. */
final class ShellScript {
    private ShellScript() {}

    /**
     * The script. It is the same on every node with the same files, so that browsers do not take it for a new one.
     *
     * @param hashes the hashes of the files by their paths, relative to the script
     * @param code the code that works with them
     */
    static String of(SortedMap<String, String> hashes, String code) {
        ObjectNode shell = JsonNodeFactory.instance.objectNode();
        shell.put("version", new Asset("text/plain", hashes + code).hash());
        ObjectNode files = shell.putObject("files");
        hashes.forEach(files::put);
        return "const SHELL = " + shell + ";\n" + code;
    }
}
