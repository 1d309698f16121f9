package io.webchat.examples.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the flags that the JVM was started with: a program cannot set them afterwards. */
final class JvmFlags {
    private static final Logger log = LoggerFactory.getLogger(JvmFlags.class);
    private static final String EXIT = "ExitOnOutOfMemoryError";

    private JvmFlags() {}

    /** Warns if a node that is out of heap would go on half dead. */
    static void warn() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null && !isOn(jvm)) {
            log.warn("Start java with -XX:+{}: without it a node that is out of memory neither works nor ends", EXIT);
        }
    }

    private static boolean isOn(HotSpotDiagnosticMXBean jvm) {
        try {
            return Boolean.parseBoolean(jvm.getVMOption(EXIT).getValue());
        } catch (IllegalArgumentException e) {
            log.debug("this JVM has no flag {}", EXIT, e);
            return true;
        }
    }
}
