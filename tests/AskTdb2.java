import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.TDB2Factory;

/** Loads N-Triples into TDB2 and writes the answer to each query of a folder beside it. */
public class AskTdb2 {
    public static void main(String[] arguments) throws Exception {
        Dataset data = TDB2Factory.connectDataset(arguments[0]);
        Txn.executeWrite(
                data, () -> RDFDataMgr.read(data.getDefaultModel(), arguments[1], Lang.NTRIPLES));
        try (var files = Files.list(Path.of(arguments[2]))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".rq")).toList()) {
                Txn.executeRead(data, () -> answer(data, file));
            }
        }
    }

    private static void answer(Dataset data, Path file) {
        try (QueryExecution run = QueryExecutionFactory.create(Files.readString(file), data);
                var out = Files.newOutputStream(Path.of(file + ".json"))) {
            ResultSetFormatter.outputAsJSON(out, run.execSelect());
        } catch (Exception error) {
            System.err.println(file.getFileName() + ": " + error);
        }
    }
}
