//! Asks for the newest block, and looks it up by its number and by its time.

use typelang::Function;
use typelang_example_ton_lite_server::tl::functions::lite_server::{GetMasterchainInfo, LookupBlock};
use typelang_example_ton_lite_server::tl::types::ton_node::BlockId;
use typelang_example_ton_lite_server::{BY_NUMBER, Failure, ask, read_answer, serve};

fn main() -> Result<(), Failure> {
    let newest = exchange(1, &GetMasterchainInfo)?.last;
    println!("newest block: number {} of workchain {}", newest.seqno, newest.workchain);

    let id = BlockId { workchain: newest.workchain, shard: newest.shard, seqno: newest.seqno };
    let by_number = LookupBlock { mode: BY_NUMBER, id, ..LookupBlock::default() };
    println!("by its number: {:?}", exchange(2, &by_number)?.id.seqno);

    // Nothing in `mode` needs to say that the time counts.
    let by_time = LookupBlock { id, utime: Some(1_700_000_000), ..LookupBlock::default() };
    println!("by its time: {:?}", exchange(3, &by_time)?.id.seqno);

    let missing = LookupBlock { mode: BY_NUMBER, id: BlockId { seqno: 8, ..id }, ..LookupBlock::default() };
    match exchange(4, &missing) {
        Err(Failure::Server(error)) => println!("the block after it: {}", error.message),
        other => println!("the block after it: {other:?}"),
    }
    Ok(())
}

/// Sends a request and reads what the function gives.
fn exchange<F: Function>(number: u8, request: &F) -> Result<F::Output, Failure> {
    let query_id = [number; 32];
    let datagram = ask(query_id, request)?;
    println!("-> {} as {} bytes", F::NAME, datagram.len());
    let answer = serve(&datagram)?;
    println!("<- {} bytes", answer.len());
    read_answer(query_id, request, &answer)
}
