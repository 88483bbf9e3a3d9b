package io.ilteo.tuner;

import io.ilteo.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with settings of its own, in which the command line is run in this process. */
record CommandLineHome(Path root) {
  /** What a command answered. */
  record Said(int code, String out, String err) {}

  static CommandLineHome create() throws IOException {
    return new CommandLineHome(Files.createTempDirectory("ilteo-cli"));
  }

  Path file(String name, String content) throws IOException {
    return Files.writeString(root.resolve(name), content);
  }

  void settings(String lines) throws IOException {
    Files.writeString(
        Files.createDirectories(root.resolve(".ilteo")).resolve("config.properties"), lines);
  }

  Said ilteo(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    System.setProperty("ilteo.root", root.toString());
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    System.clearProperty("ilteo.root");
    return new Said(code, out.toString(), err.toString());
  }
}
